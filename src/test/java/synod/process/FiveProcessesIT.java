package synod.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static synod.process.Processes.ALL;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisBusyException;

/** What five real processes promise when they are killed, paused and started again. */
class FiveProcessesIT {
  private final Path directory;

  FiveProcessesIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void everyAcknowledgedPutOutlivesTenKilledLeadersAndThenAllFive() {
    try (Processes processes = new Processes(directory)) {
      processes.startAll();
      processes.awaitLeader(ALL);
      TreeMap<String, String> acknowledged = new TreeMap<>();

      try (Writers writers = new Writers(processes, 8, "kill-")) {
        writers.awaitMore(200);
        List<Long> gaps = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
          int leader = processes.awaitLeader(ALL);
          writers.longestGapMs();
          processes.kill(leader);
          writers.awaitMore(100);
          gaps.add(writers.longestGapMs());
          processes.start(leader);
          processes.awaitLeader(ALL);
        }
        System.out.println("longest gap without a put at each killed leader, ms: " + gaps);
        writers.stop();
        acknowledged.putAll(writers.acknowledged());
      }
      processes.awaitEqualStores();
      ALL.forEach(id -> assertHolds(processes, id, acknowledged));

      processes.killAll();
      processes.startAll();

      processes.awaitLeader(ALL);
      ALL.forEach(id -> assertHolds(processes, id, acknowledged));
      processes.awaitEqualStores();
    }
  }

  private static void assertHolds(Processes processes, int id, Map<String, String> acknowledged) {
    List<String> missing = new ArrayList<>();
    try (Jedis door = processes.door(id)) {
      List<String> keys = List.copyOf(acknowledged.keySet());
      for (int from = 0; from < keys.size(); from += 500) {
        List<String> some = keys.subList(from, Math.min(from + 500, keys.size()));
        List<String> values = get(door, some);
        for (int i = 0; i < some.size(); i++) {
          if (!("value of " + some.get(i)).equals(values.get(i))) {
            missing.add(some.get(i));
          }
        }
      }
    }
    assertEquals(List.of(), missing, "missing on " + id + " of " + acknowledged.size());
  }

  /** BUSY is no answer about the keys: it is asked again. */
  private static List<String> get(Jedis door, List<String> keys) {
    List<String> values = new ArrayList<>();
    Processes.awaitUntil(
        "an answer",
        () -> {
          try {
            values.addAll(door.mget(keys.toArray(String[]::new)));
            return true;
          } catch (JedisBusyException e) {
            return false;
          }
        });
    return values;
  }

  @Test
  void aRoleThatCrashesUnderLoadFailsNoPutAndHoldsNoElection() {
    try (Processes processes = new Processes(directory)) {
      processes.startAll();
      int leader = processes.awaitLeader(ALL);

      try (Writers writers = new Writers(processes, 8, "crash-")) {
        for (String role : List.of("proposer", "acceptor", "learner", "elector")) {
          writers.awaitMore(50);
          try (Jedis door = processes.door(leader)) {
            door.sendCommand(Processes.SYNOD, "CRASH", role);
          }
          String field = "role." + role;
          Processes.awaitUntil(
              role + " is restarted",
              () -> processes.status(leader).getOrDefault(field, "").endsWith("restarts=1"));
          writers.awaitMore(50);
          assertEquals(leader, processes.awaitLeader(ALL), "no election after the " + role);
        }
        assertEquals(List.of(), writers.refused());
      }
      processes.awaitEqualStores();
    }
  }

  @Test
  void aLeaderThatWasPausedServesNothingStaleAndDeposesNobody() {
    try (Processes processes = new Processes(directory)) {
      processes.startAll();
      int paused = processes.awaitLeader(ALL);
      put(processes, paused, "k", "before");

      processes.signal(paused, "STOP");
      List<Integer> others = ALL.stream().filter(id -> id != paused).toList();
      int next = processes.awaitLeader(others);
      put(processes, next, "k", "meanwhile");
      processes.signal(paused, "CONT");

      try (Jedis door = processes.door(paused)) {
        assertEquals("meanwhile", door.get("k"));
      }
      assertEquals(next, processes.awaitLeader(ALL));
    }
  }

  private static void put(Processes processes, int id, String key, String value) {
    try (Jedis door = processes.door(id)) {
      assertEquals("OK", door.set(key, value));
    }
  }

  @Test
  void whatCannotStartSaysWhyAndEndsWithACode() throws Exception {
    try (Processes processes = new Processes(directory)) {
      processes.start(1);
      processes.start(2);
      Processes.awaitUntil("it runs", () -> processes.lastLines(1).contains("takes clients"));
      Processes.awaitUntil("it runs", () -> processes.lastLines(2).contains("takes clients"));

      Process portInUse =
          processes.launch(1, processes.configuration(), directory.resolve("elsewhere"));
      assertEquals(3, Processes.awaitEnd(portInUse));
      assertTrue(processes.lastLines(1).contains("ddress already in use"), processes.lastLines(1));

      Process sameDirectory = processes.launch(3, processes.configuration(), processes.data(1));
      assertEquals(3, Processes.awaitEnd(sameDirectory));
      assertTrue(processes.lastLines(3).contains("data-1"), processes.lastLines(3));

      processes.kill(2);
      Process anothers = processes.launch(3, processes.configuration(), processes.data(2));
      assertEquals(3, Processes.awaitEnd(anothers));
      assertTrue(
          processes.lastLines(3).contains("is the data directory of replica 2"),
          processes.lastLines(3));

      Path bad = directory.resolve("bad.conf");
      Files.writeString(bad, "replicas = []\nhartbeat = 3");
      assertEquals(2, Processes.awaitEnd(processes.launch(4, bad, processes.data(4))));
      assertTrue(processes.lastLines(4).contains("hartbeat"), processes.lastLines(4));
    }
  }

  @Test
  void aReplicaEndsOnATermAndItsDataOpensAgain() {
    try (Processes processes = new Processes(directory)) {
      processes.startAll();
      int leader = processes.awaitLeader(ALL);
      put(processes, leader, "k", "v");

      assertEquals(143, processes.terminate(leader), processes.lastLines(leader));
      processes.start(leader);

      processes.awaitLeader(ALL);
      try (Jedis door = processes.door(leader)) {
        assertEquals("v", door.get("k"));
      }
      processes.awaitEqualStores();
    }
  }
}
