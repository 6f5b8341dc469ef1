package synod.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keys and values as Redis has them. A state is the keys that have a value. An answer is the text
 * {@code OK}, {@code nil}, {@code :} and a number, {@code $} and a value, or several of these
 * between brackets.
 */
public final class KeyValues implements Model<Map<String, String>> {
  private static final Set<String> READS = Set.of("GET", "MGET", "STRLEN", "EXISTS");

  /** A state, and the answer that led there. */
  private record After(Map<String, String> state, String answer) {}

  @Override
  public Map<String, String> initial() {
    return Map.of();
  }

  @Override
  public boolean isRead(Operation operation) {
    return READS.contains(operation.name());
  }

  @Override
  public List<String> keys(Operation operation) {
    List<String> arguments = operation.words().subList(1, operation.words().size());
    return switch (operation.name()) {
      case "MGET", "DEL", "EXISTS" -> arguments;
      case "MSET" -> everySecond(arguments);
      default -> arguments.subList(0, Math.min(1, arguments.size()));
    };
  }

  private static List<String> everySecond(List<String> words) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < words.size(); i += 2) {
      keys.add(words.get(i));
    }
    return keys;
  }

  @Override
  public Optional<Map<String, String>> step(Map<String, String> state, Operation operation) {
    After after = apply(state, operation);
    boolean fits = operation.answer().map(after.answer::equals).orElse(true);
    return fits ? Optional.of(after.state) : Optional.empty();
  }

  private After apply(Map<String, String> state, Operation operation) {
    List<String> words = operation.words();
    String key = words.get(1);
    return switch (operation.name()) {
      case "GET" -> new After(state, value(state, key));
      case "MGET" -> new After(state, values(state, keys(operation)));
      case "EXISTS" -> new After(state, number(present(state, keys(operation))));
      case "STRLEN" -> new After(state, number(state.getOrDefault(key, "").length()));
      case "SET" -> new After(with(state, key, words.get(2)), "OK");
      case "GETSET" -> new After(with(state, key, words.get(2)), value(state, key));
      case "SETNX" -> setIfAbsent(state, key, words.get(2));
      case "MSET" -> setAll(state, words);
      case "APPEND" -> append(state, key, words.get(2));
      case "DEL" -> delete(state, keys(operation));
      case "GETDEL" -> new After(without(state, List.of(key)), value(state, key));
      case "INCR" -> add(state, key, 1);
      case "DECR" -> add(state, key, -1);
      case "INCRBY" -> add(state, key, Long.parseLong(words.get(2)));
      case "DECRBY" -> add(state, key, -Long.parseLong(words.get(2)));
      default ->
          throw new IllegalArgumentException("nothing is known of the command " + operation.name());
    };
  }

  private static After setIfAbsent(Map<String, String> state, String key, String value) {
    return state.containsKey(key)
        ? new After(state, number(0))
        : new After(with(state, key, value), number(1));
  }

  private static After setAll(Map<String, String> state, List<String> words) {
    Map<String, String> after = new TreeMap<>(state);
    for (int i = 1; i + 1 < words.size(); i += 2) {
      after.put(words.get(i), words.get(i + 1));
    }
    return new After(after, "OK");
  }

  private static After append(Map<String, String> state, String key, String value) {
    String whole = state.getOrDefault(key, "") + value;
    return new After(with(state, key, whole), number(whole.length()));
  }

  private static After delete(Map<String, String> state, List<String> keys) {
    return new After(without(state, keys), number(present(state, keys)));
  }

  private static After add(Map<String, String> state, String key, long addend) {
    long sum = Long.parseLong(state.getOrDefault(key, "0")) + addend;
    return new After(with(state, key, Long.toString(sum)), number(sum));
  }

  private static Map<String, String> with(Map<String, String> state, String key, String value) {
    if (state.isEmpty() || (state.size() == 1 && state.containsKey(key))) {
      return Map.of(key, value);
    }
    Map<String, String> after = new TreeMap<>(state);
    after.put(key, value);
    return after;
  }

  private static Map<String, String> without(Map<String, String> state, List<String> keys) {
    if (present(state, keys) == 0) {
      return state;
    }
    Map<String, String> after = new TreeMap<>(state);
    keys.forEach(after::remove);
    return after;
  }

  private static long present(Map<String, String> state, List<String> keys) {
    return keys.stream().distinct().filter(state::containsKey).count();
  }

  private static String values(Map<String, String> state, List<String> keys) {
    List<String> values = keys.stream().map(key -> value(state, key)).toList();
    return "[" + String.join(" ", values) + "]";
  }

  private static String value(Map<String, String> state, String key) {
    String value = state.get(key);
    return value == null ? "nil" : "$" + value;
  }

  private static String number(long number) {
    return ":" + number;
  }
}
