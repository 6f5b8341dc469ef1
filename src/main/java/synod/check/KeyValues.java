package synod.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keys and values as Redis has them. A state is the keys that have a value. An answer is the text
 * {@code OK}, {@code ERR}, {@code nil}, {@code :} and a number, {@code $} and a value, or several
 * of these between brackets.
 */
public final class KeyValues implements Model<Map<String, String>> {
  private static final Set<String> READS = Set.of("GET", "MGET", "STRLEN", "EXISTS");

  private static final Set<String> OF_A_KEY = Set.of("GET", "STRLEN", "GETDEL", "INCR", "DECR");
  private static final Set<String> OF_KEYS = Set.of("MGET", "EXISTS", "DEL");
  private static final Set<String> OF_A_KEY_AND_A_VALUE =
      Set.of("SET", "GETSET", "SETNX", "APPEND");
  private static final Set<String> OF_A_KEY_AND_A_NUMBER = Set.of("INCRBY", "DECRBY");

  /** A state, and the answer that led there. */
  private record After(Map<String, String> state, String answer) {}

  @Override
  public Map<String, String> initial() {
    return Map.of();
  }

  @Override
  public Optional<String> objectionTo(List<String> words) {
    String name = words.get(0);
    int arguments = words.size() - 1;
    if (OF_A_KEY.contains(name)) {
      return unless(arguments == 1, name + " takes a key");
    } else if (OF_KEYS.contains(name)) {
      return unless(arguments >= 1, name + " takes keys");
    } else if (OF_A_KEY_AND_A_VALUE.contains(name)) {
      return unless(arguments == 2, name + " takes a key and a value, and no options here");
    } else if (OF_A_KEY_AND_A_NUMBER.contains(name)) {
      return unless(arguments == 2 && isNumber(words.get(2)), name + " takes a key and a number");
    } else if (name.equals("MSET")) {
      return unless(arguments >= 2 && arguments % 2 == 0, name + " takes keys, each with a value");
    }
    return Optional.of("nothing is known of the command " + name);
  }

  private static Optional<String> unless(boolean good, String why) {
    return good ? Optional.empty() : Optional.of(why);
  }

  private static boolean isNumber(String text) {
    return text.matches("-?[0-9]{1,18}");
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
      default -> throw new IllegalArgumentException("nothing is known of " + operation.name());
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
    String before = state.getOrDefault(key, "0");
    if (!isNumber(before)) {
      return new After(state, "ERR");
    }
    long sum = Long.parseLong(before) + addend;
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
