package synod.console;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether all replicas hold the same. An idle leader still fills a slot each heartbeat, so that two
 * replicas asked one after the other are seldom at one slot: they are asked again and again until
 * every one was seen at the same. State: what each said at each slot.
 */
final class Comparison {
  private final Map<Long, Map<Integer, String>> seen = new TreeMap<>();
  private final List<Address> all;

  Comparison(List<Address> all) {
    this.all = all;
  }

  /** Looks once; a line for each replica once all were seen at one slot. */
  Optional<Long> look() {
    StatusView view = StatusView.of(all);
    for (int id : view.up()) {
      seen.computeIfAbsent(view.number(id, "applied"), slot -> new TreeMap<>())
          .put(id, line(view, id));
    }
    return seen.keySet().stream().filter(slot -> at(slot).size() == all.size()).findFirst();
  }

  private static String line(StatusView view, int id) {
    return "keys "
        + view.field(id, "keys")
        + "  digest "
        + view.field(id, "digest")
        + "  chain "
        + view.field(id, "chain");
  }

  /** What each replica said at that slot. */
  Map<Integer, String> at(long slot) {
    return seen.getOrDefault(slot, Map.of());
  }

  /** Whether at every slot all that were seen there said the same. */
  boolean isEqual() {
    Set<Integer> kinds =
        seen.values().stream()
            .map(lines -> Set.copyOf(lines.values()).size())
            .collect(Collectors.toSet());
    return kinds.equals(Set.of(1));
  }
}
