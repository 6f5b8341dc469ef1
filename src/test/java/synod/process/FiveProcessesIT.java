package synod.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import synod.paxos.Ballot;
import synod.replica.RoleName;

/**
 * Five processes on one machine, killed, paused and crashed while clients write. They are started
 * once, since that takes longest; each test leaves all five running.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FiveProcessesIT {
  private static final int KILLS = 10;
  private static final int ENOUGH = 50;
  private static final int SIGTERM_EXIT = 143;

  private final Processes processes = new Processes();

  @BeforeAll
  void start(@TempDir Path directory) {
    processes.startIn(directory);
  }

  @AfterAll
  void leaveNone() {
    processes.close();
  }

  @Test
  void everyAcknowledgedPutOutlivesTenLeadersAndThenAllFive() {
    try (Writers writers = new Writers(processes, "w")) {
      List<Long> gaps = new ArrayList<>();
      for (int i = 0; i < KILLS; i++) {
        gaps.add(killTheLeaderAndStartIt(writers));
      }
      writers.end();

      Collections.sort(gaps);
      System.out.println(writers.summary() + "; ms without a put at each kill: " + gaps);
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

  private long killTheLeaderAndStartIt(Writers writers) {
    int leader = processes.awaitLeader(Processes.ALL);
    long killed = System.nanoTime();
    processes.process(leader).kill();
    awaitPuts(writers, killed);
    long gap = writers.longestGapMsSince(killed);

    processes.start(leader);
    processes.awaitServing(leader);
    return gap;
  }

  private void awaitPuts(Writers writers, long moment) {
    Await.until("puts go on", () -> writers.successesSince(moment) > ENOUGH, processes::lastLines);
  }

  @Test
  void aLeaderThatWakesServesNothingStaleAndDeposesNobody() {
    int old = processes.awaitLeader(Processes.ALL);
    processes.set(old, "key", "before");

    processes.process(old).pause();
    int next = processes.awaitLeader(others(old));
    processes.set(next, "key", "after");
    Ballot ballot = processes.status(next).ballot();
    processes.process(old).resume();

    assertEquals(Optional.of("after"), processes.get(old, "key"));
    assertEquals("OK", processes.set(old, "other", "through the woken one"));
    assertEquals(next, processes.awaitLeader(Processes.ALL));
    assertEquals(ballot, processes.status(next).ballot());
    Stores.areEqual(processes);
  }

  private static List<Integer> others(int id) {
    return Processes.ALL.stream().filter(other -> other != id).toList();
  }

  @Test
  void everyRoleOfTheLeaderCrashesUnderLoadAndNoPutFails() {
    int leader = processes.awaitLeader(Processes.ALL);
    try (Writers writers = new Writers(processes, "c")) {
      for (RoleName role : RoleName.values()) {
        int before = processes.restarts(leader, role);
        awaitPuts(writers, System.nanoTime());

        processes.synod(leader, "CRASH", role.toString());

        Await.until(
            role + " is restarted",
            () -> processes.restarts(leader, role) == before + 1,
            processes::lastLines);
        awaitPuts(writers, System.nanoTime());
      }
      writers.end();

      assertEquals(List.of(), writers.failures());
      assertEquals(0, writers.unknownOrLost(), writers::summary);
      assertEquals(leader, processes.awaitLeader(Processes.ALL));
      Stores.holdAll(processes, writers.acknowledged());
      Stores.areEqual(processes);
    }
  }

  @Test
  void theConsoleLoadsTheStoreAndDrawsIt() throws Exception {
    processes.awaitLeader(Processes.ALL);

    ConsoleRun load = ConsoleRun.of(processes, "load mix 32 2 1KiB");

    assertEquals(0, load.exitCode(), load::output);
    assertTrue(load.output().contains("longest time without an answer"), load::output);
    try (Stream<Path> drawn = Files.list(ConsoleRun.directory(processes))) {
      String picture = Files.readString(drawn.findFirst().orElseThrow());
      assertTrue(picture.startsWith("<svg") && picture.endsWith("</svg>\n"), picture);
    }
    assertEquals(Optional.empty(), processes.get(1, "synod:load:00000"));
    assertEquals(1, ConsoleRun.of(processes, "load push").exitCode());
  }

  @Test
  void aReplicaEndsAtATermSignalAndItsDataOpensAgain() {
    int id = others(processes.awaitLeader(Processes.ALL)).get(0);
    processes.set(id, "kept", "over a stop");

    int exit = processes.process(id).terminate();

    assertEquals(SIGTERM_EXIT, exit, processes::lastLines);
    processes.start(id);
    processes.awaitServing(id);
    assertEquals(Optional.of("over a stop"), processes.get(id, "kept"));
    assertTrue(processes.status(id).incarnation() > 1);
    Stores.areEqual(processes);
  }

  @Test
  void aPausedReplicaIsSilentUntilItGoesOn() throws IOException {
    int leader = processes.awaitLeader(Processes.ALL);
    int other = others(leader).get(0);
    String id = String.valueOf(other);
    tellPid(other);
    try {
      ConsoleRun pause = ConsoleRun.script(processes, "pause", id);
      assertEquals(
          "replica " + id + " is paused; 'run-cluster.sh resume " + id + "' lets it go on\n",
          pause.output());
      assertEquals(0, pause.exitCode());

      ConsoleRun table = ConsoleRun.script(processes, "status");
      assertEquals(1, table.exitCode(), table::output);
      assertTrue(table.output().matches("(?s).*\n +" + id + " +silent *\n.*"), table::output);
      ConsoleRun json = ConsoleRun.script(processes, "status", "--json");
      assertEquals(1, json.exitCode(), json::output);
      assertTrue(json.output().contains("\"id\": " + id + ", \"state\": \"silent\""), json::output);
      processes.set(leader, "meanwhile", "four serve");

      ConsoleRun resume = ConsoleRun.script(processes, "resume", id);
      assertEquals("replica " + id + " goes on\n", resume.output());
      assertEquals(0, resume.exitCode());
    } finally {
      processes.process(other).resume();
    }

    processes.awaitLeader(Processes.ALL);
    ConsoleRun whole = ConsoleRun.script(processes, "status");
    assertEquals(0, whole.exitCode(), whole::output);
    assertEquals(Optional.of("four serve"), processes.get(other, "meanwhile"));
  }

  /** As the script does where it starts a process. */
  private void tellPid(int id) throws IOException {
    Path pids = Files.createDirectories(processes.run().resolve("pids"));
    Files.writeString(pids.resolve(id + ".pid"), processes.process(id).pid() + "\n");
  }

  @Test
  void whatDoesNotRunIsNotPausedNorResumed() {
    ConsoleRun unknown = ConsoleRun.script(processes, "pause", "9");
    assertEquals(2, unknown.exitCode(), unknown::output);
    assertTrue(unknown.output().contains("no replica '9' is configured"), unknown::output);

    // Of a process that it did not start the script has no process id.
    for (String what : List.of("pause", "resume")) {
      ConsoleRun none = ConsoleRun.script(processes, what, "5");
      assertEquals(1, none.exitCode(), none::output);
      assertTrue(none.output().contains("replica 5 does not run"), none::output);
    }
  }
}
