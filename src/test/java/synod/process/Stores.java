package synod.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisBusyException;
import synod.replica.Status;

/** What all five stores must show once the trouble is over. */
final class Stores {
  private static final int AT_ONCE = 500;

  private Stores() {}

  /** Reads every key through every door. */
  static void holdAll(Processes processes, Map<String, String> expected) {
    List<String> keys = new ArrayList<>(expected.keySet());
    for (int id : Processes.ALL) {
      try (Jedis door = processes.connect(id)) {
        for (int from = 0; from < keys.size(); from += AT_ONCE) {
          List<String> some = keys.subList(from, Math.min(keys.size(), from + AT_ONCE));
          assertEquals(
              some.stream().map(expected::get).toList(),
              mget(door, some),
              () -> "what replica " + id + " holds of " + some);
        }
      }
    }
  }

  /** BUSY is no answer about the keys: it is asked again. */
  private static List<String> mget(Jedis door, List<String> keys) {
    List<String> values = new ArrayList<>();
    Await.until(
        "an answer to MGET",
        () -> {
          try {
            values.addAll(door.mget(keys.toArray(String[]::new)));
            return true;
          } catch (JedisBusyException e) {
            return false;
          }
        },
        () -> "");
    return values;
  }

  /** An idle leader goes on to fill slots, so the five are compared when they are at the same. */
  static void areEqual(Processes processes) {
    List<Status> seen = new ArrayList<>();
    Await.until(
        "all five stores at one slot",
        () -> {
          seen.clear();
          Processes.ALL.forEach(id -> seen.add(processes.status(id)));
          return seen.stream().map(Status::applied).distinct().count() == 1;
        },
        () -> seen + "\n" + processes.lastLines());
    assertEquals(
        1,
        seen.stream().map(s -> List.of(s.chain(), s.keys(), s.digest())).distinct().count(),
        () -> "stores differ at one slot: " + seen);
  }
}
