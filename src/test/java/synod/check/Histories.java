package synod.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Histories made by hand, and good ones made by chance. */
final class Histories {
  private final List<Operation> operations = new ArrayList<>();

  /** Asked and answered at these times; an answer of "?" is unknown. */
  Histories add(long called, long returned, String words, String answer) {
    long id = operations.size() + 1L;
    boolean known = !answer.equals("?");
    operations.add(
        new Operation(
            id,
            "c" + id,
            Arrays.asList(words.split(" ", -1)),
            called,
            known ? Optional.of(answer) : Optional.empty(),
            known ? returned : Operation.NEVER));
    return this;
  }

  List<Operation> list() {
    return List.copyOf(operations);
  }

  /**
   * What clients see of a store that does each command at a moment between its call and its return:
   * each client has its own time, and one in {@code lostEach} answers is lost.
   */
  static List<Operation> good(
      int count, int clients, int keys, int lostEach, SplittableRandom chance) {
    record Asked(int client, long called, long done, long returned, List<String> words) {}
    List<Asked> asked = new ArrayList<>();
    long[] times = new long[clients];
    for (int i = 0; i < count; i++) {
      int client = chance.nextInt(clients);
      long called = times[client] + 1L + chance.nextInt(50);
      long done = called + chance.nextInt(100);
      long returned = done + chance.nextInt(100);
      times[client] = returned;
      asked.add(new Asked(client, called, done, returned, words(i, keys, chance)));
    }
    asked.sort((a, b) -> Long.compare(a.done, b.done));
    Map<String, String> state = new TreeMap<>();
    List<Operation> history = new ArrayList<>();
    for (Asked one : asked) {
      boolean lost = chance.nextInt(lostEach) == 0;
      String answer = answer(state, one.words);
      history.add(
          new Operation(
              history.size(),
              "c" + one.client,
              one.words,
              one.called,
              lost ? Optional.empty() : Optional.of(answer),
              lost ? Operation.NEVER : one.returned));
    }
    return history;
  }

  private static List<String> words(int number, int keys, SplittableRandom chance) {
    String key = "k" + chance.nextInt(keys);
    return switch (chance.nextInt(4)) {
      case 0 -> List.of("SET", key, "" + number);
      case 1 -> List.of("INCRBY", key, "" + number);
      default -> List.of("GET", key);
    };
  }

  private static String answer(Map<String, String> state, List<String> words) {
    String key = words.get(1);
    if (words.get(0).equals("SET")) {
      state.put(key, words.get(2));
      return "OK";
    }
    if (words.get(0).equals("INCRBY")) {
      long sum = Long.parseLong(state.getOrDefault(key, "0")) + Long.parseLong(words.get(2));
      state.put(key, Long.toString(sum));
      return ":" + sum;
    }
    return state.containsKey(key) ? "$" + state.get(key) : "nil";
  }
}
