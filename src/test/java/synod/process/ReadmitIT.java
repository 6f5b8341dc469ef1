package synod.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.exceptions.JedisDataException;
import synod.replica.RoleName;

/**
 * Replicas whose disks are gone: they learn and do not vote until a person readmits them. The five
 * are started once; each test leaves all of them running and voting.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadmitIT {
  private static final int MEBIBYTES = 8;
  private static final int ENOUGH = 20;

  private final Processes processes = new Processes();
  private final Away away = new Away(processes);

  @BeforeAll
  void start(@TempDir Path directory) {
    processes.startIn(directory, Away.SHORT_LOG);
    away.fill(MEBIBYTES);
  }

  @AfterAll
  void leaveNone() {
    processes.close();
  }

  @Test
  void aWipedReplicaLearnsAndDoesNotVoteUntilItIsReadmitted() {
    int leader = processes.awaitLeader(Processes.ALL);
    List<Integer> others = Away.others(leader);
    int wiped = others.get(0);
    List<Integer> two = others.subList(1, 3);
    wipeAndStart(wiped);
    away.untilBack(wiped);
    two.forEach(id -> processes.process(id).kill());

    String outcome = outcomeOfASet(leader, "decided by nobody");
    processes.start(two.get(0));
    processes.awaitServing(two.get(0));
    processes.start(two.get(1));
    processes.awaitServing(two.get(1));
    processes.awaitLeader(Processes.ALL);
    readmit(wiped);
    awaitState(wiped, "voting");
    two.forEach(id -> processes.process(id).kill());

    assertTrue(outcome.startsWith("UNKNOWN"), outcome);
    Await.until(
        "it counts again",
        () -> outcomeOfASet(wiped, "with its vote").equals("OK"),
        processes::lastLines);
    two.forEach(processes::start);
    two.forEach(away::untilBack);
    Stores.areEqual(processes);
  }

  @Test
  @Tag("long")
  void aReplicaIsReadmittedBeforeItHasCaughtUp() {
    try (Writers writers = new Writers(processes, "early")) {
      int one = away.aFollower();
      awaitPuts(writers);
      wipeAndStart(one);

      readmit(one);

      awaitState(one, "voting");
      away.untilBack(one);
      killTheLeader(writers);
      away.endEqual(writers);
    }
  }

  @Test
  void aReplicaIsNotReadmittedWhileAnotherIsAway() {
    try (Writers writers = new Writers(processes, "missing")) {
      int one = away.aFollower();
      int other = Away.others(processes.awaitLeader(Processes.ALL)).get(1);
      awaitPuts(writers);
      wipeAndStart(one);
      away.untilBack(one);
      processes.process(other).kill();

      readmit(one);
      Await.until(
          "it says for whom it waits",
          () -> !processes.told(one, "waits for the bounds of " + other).isEmpty(),
          processes::lastLines);
      awaitPuts(writers);
      String meanwhile = away.state(one, RoleName.ACCEPTOR);
      processes.start(other);

      assertEquals("quarantined", meanwhile);
      awaitState(one, "voting");
      away.untilBack(other);
      killTheLeader(writers);
      away.endEqual(writers);
    }
  }

  @Test
  void twoAreReadmittedOneAfterTheOther() {
    readmitTwo("first", 0, 1);
  }

  @Test
  @Tag("long")
  void twoAreReadmittedInTheOtherOrder() {
    readmitTwo("second", 1, 0);
  }

  private void readmitTwo(String name, int first, int second) {
    try (Writers writers = new Writers(processes, name)) {
      List<Integer> two = Away.others(processes.awaitLeader(Processes.ALL)).subList(0, 2);
      awaitPuts(writers);
      for (int id : two) {
        wipeAndStart(id);
        away.untilBack(id);
      }

      readmit(two.get(first));
      awaitState(two.get(first), "voting");
      readmit(two.get(second));
      awaitState(two.get(second), "voting");

      killTheLeader(writers);
      away.endEqual(writers);
    }
  }

  @Test
  void whoeverHasLostNothingIsNotReadmitted() {
    int one = away.aFollower();

    JedisDataException refusal =
        assertThrows(JedisDataException.class, () -> processes.synod(one, "READMIT"));

    assertTrue(String.valueOf(refusal.getMessage()).contains("nothing to readmit"));
  }

  private void wipeAndStart(int id) {
    away.wipe(id);
    processes.start(id);
    processes.awaitServing(id);
    awaitState(id, "quarantined");
  }

  private void readmit(int id) {
    processes.synod(id, "READMIT");
  }

  private void awaitState(int id, String state) {
    Await.until(
        "the acceptor of " + id + " is " + state,
        () -> away.state(id, RoleName.ACCEPTOR).equals(state),
        processes::lastLines);
  }

  private void awaitPuts(Writers writers) {
    long now = System.nanoTime();
    Await.until("puts go on", () -> writers.successesSince(now) > ENOUGH, processes::lastLines);
  }

  private void killTheLeader(Writers writers) {
    int leader = processes.awaitLeader(Processes.ALL);
    processes.process(leader).kill();
    awaitPuts(writers);
    processes.start(leader);
    away.untilBack(leader);
  }

  private String outcomeOfASet(int id, String value) {
    try {
      return processes.set(id, "witness", value);
    } catch (JedisDataException e) {
      return Optional.ofNullable(e.getMessage()).orElse("");
    }
  }
}
