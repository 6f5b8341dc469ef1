package synod.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five processes on one machine, killed, paused and crashed while clients write. */
class FiveProcessesIT {
  private static final int KILLS = 10;
  private static final int ENOUGH = 50;

  @Test
  void everyAcknowledgedPutOutlivesTenLeadersAndThenAllFive(@TempDir Path directory) {
    long begin = System.nanoTime();
    try (Processes processes = Processes.ofFive(directory)) {
      System.out.printf("all five serve after %d ms%n", (System.nanoTime() - begin) / 1_000_000);
      List<Long> gaps = new ArrayList<>();
      try (Writers writers = new Writers(processes, "w")) {
        for (int i = 0; i < KILLS; i++) {
          gaps.add(killTheLeaderAndStartIt(processes, writers));
        }
        writers.end();

        System.out.println(writers.summary() + "; longest gap of each kill, in ms: " + gaps);
        Collections.sort(gaps);
        System.out.printf("median gap %d ms%n", gaps.get(KILLS / 2));
        assertEquals(List.of(), writers.failures());
        Stores.holdAll(processes, writers.acknowledged());
        Stores.areEqual(processes);

        processes.killAllAtOnce();
        Processes.ALL.forEach(processes::start);
        Processes.ALL.forEach(processes::awaitServing);

        Stores.holdAll(processes, writers.acknowledged());
        Stores.areEqual(processes);
      }
    }
  }

  private static long killTheLeaderAndStartIt(Processes processes, Writers writers) {
    int leader = processes.awaitLeader(Processes.ALL);
    long killed = System.nanoTime();
    processes.kill(leader);
    Await.until(
        "puts go on without replica " + leader,
        () -> writers.successesSince(killed) > ENOUGH,
        processes::lastLines);
    processes.awaitLeader(others(leader));
    long gap = writers.longestGapMsSince(killed);

    processes.start(leader);
    processes.awaitServing(leader);
    return gap;
  }

  private static List<Integer> others(int id) {
    return Processes.ALL.stream().filter(other -> other != id).toList();
  }

  @Test
  void aLeaderThatWakesServesNothingStaleAndDeposesNobody(@TempDir Path directory) {
    try (Processes processes = Processes.ofFive(directory)) {
      int old = processes.awaitLeader(Processes.ALL);
      processes.set(old, "key", "before");

      processes.process(old).pause();
      int next = processes.awaitLeader(others(old));
      processes.set(next, "key", "after");
      var ballot = processes.status(next).ballot();
      processes.process(old).resume();

      assertEquals(Optional.of("after"), processes.get(old, "key"));
      assertNotEquals(old, next);
      assertEquals(next, processes.awaitLeader(Processes.ALL));
      assertEquals("OK", processes.set(old, "other", "through the woken one"));
      assertEquals(ballot, processes.status(next).ballot());
      Stores.areEqual(processes);
    }
  }
}
