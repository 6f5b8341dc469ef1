package synod.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Operations that have keys in common, directly or by way of others.
 *
 * @param keys all that they touch
 * @param operations in the order of their calls
 */
record Partition(List<String> keys, List<Operation> operations) {
  Partition {
    keys = List.copyOf(keys);
    operations = List.copyOf(operations);
  }

  /** In the order of their first calls. */
  static List<Partition> of(List<Operation> history, Model<?> model) {
    Roots roots = new Roots();
    history.forEach(operation -> roots.join(model.keys(operation)));
    Map<String, List<Operation>> parts = new TreeMap<>();
    history.stream()
        .sorted()
        .forEach(
            operation -> {
              String root = roots.of(model.keys(operation).get(0));
              parts.computeIfAbsent(root, any -> new ArrayList<>()).add(operation);
            });
    Map<String, List<String>> keys =
        roots.parents.keySet().stream().sorted().collect(Collectors.groupingBy(roots::of));
    return parts.entrySet().stream()
        .map(part -> new Partition(keys.getOrDefault(part.getKey(), List.of()), part.getValue()))
        .sorted((a, b) -> a.operations.get(0).compareTo(b.operations.get(0)))
        .toList();
  }

  /** Which keys belong together: each points to another of its kind, the last to itself. */
  private static final class Roots {
    private final Map<String, String> parents = new HashMap<>();

    private void join(List<String> keys) {
      String first = of(keys.get(0));
      keys.forEach(key -> parents.put(of(key), first));
    }

    private String of(String key) {
      String root = key;
      String parent = parents.getOrDefault(root, root);
      while (!parent.equals(root)) {
        root = parent;
        parent = parents.getOrDefault(root, root);
      }
      parents.put(key, root);
      return root;
    }
  }
}
