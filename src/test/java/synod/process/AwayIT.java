package synod.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replicas that were away for longer than the log reaches back, over a store of many pieces. The
 * five are started and filled once; each test leaves all of them running.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AwayIT {
  private static final int MEBIBYTES = Integer.getInteger("away.mebibytes", 24);
  private static final long SOME = 1 << 20;
  private static final long LONGEST_GAP_MS = 5_000;

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
  void aReplicaComesBackByTheStateWhileWritesGoOn() {
    try (Writers writers = new Writers(processes, "away")) {
      int one = aFollower();
      sendAway(List.of(one));
      long began = System.nanoTime();

      processes.start(one);
      away.untilBack(one);

      long gap = writers.longestGapMsSince(began);
      System.out.printf(
          "back after %d ms; longest time without a put meanwhile: %d ms%n",
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began), gap);
      assertTrue(gap < LONGEST_GAP_MS, () -> gap + " ms without a put");
      assertTookOver(one);
      endEqual(writers);
    }
  }

  @Test
  void twoComeBackAtOnce() {
    try (Writers writers = new Writers(processes, "two")) {
      int leader = processes.awaitLeader(Processes.ALL);
      List<Integer> two = others(leader).subList(1, 3);
      sendAway(two);

      two.forEach(processes::start);
      two.forEach(away::untilBack);

      two.forEach(this::assertTookOver);
      endEqual(writers);
    }
  }

  @Test
  void aReceiverThatIsKilledMidwayGoesOnWhereItWas() {
    try (Writers writers = new Writers(processes, "receiver")) {
      int one = aFollower();
      sendAway(List.of(one));
      processes.start(one);
      away.untilReceived(one, SOME);

      processes.process(one).kill();
      processes.start(one);
      away.untilBack(one);

      assertTold(one, "goes on receiving the state");
      assertTookOver(one);
      endEqual(writers);
    }
  }

  @Test
  void aSenderThatIsKilledMidwayIsWaitedForOrDoneWithout() {
    try (Writers writers = new Writers(processes, "sender")) {
      int one = aFollower();
      sendAway(List.of(one));
      processes.start(one);
      away.untilReceived(one, SOME);

      int sender = away.senderTo(one);
      processes.process(sender).kill();
      away.untilBack(one);
      processes.start(sender);
      away.untilBack(sender);

      assertTookOver(one);
      endEqual(writers);
    }
  }

  @Test
  void theLeaderChangesMidway() {
    try (Writers writers = new Writers(processes, "leader")) {
      int leader = processes.awaitLeader(Processes.ALL);
      int one = aFollower();
      sendAway(List.of(one));
      processes.start(one);
      away.untilReceived(one, SOME);

      processes.process(leader).kill();
      away.untilBack(one);
      processes.start(leader);
      away.untilBack(leader);

      assertTookOver(one);
      endEqual(writers);
    }
  }

  private int aFollower() {
    return others(processes.awaitLeader(Processes.ALL)).get(0);
  }

  private static List<Integer> others(int id) {
    return Processes.ALL.stream().filter(other -> other != id).toList();
  }

  /** Kills them, and waits until what they lack is in no log any more. */
  private void sendAway(List<Integer> some) {
    long applied = some.stream().mapToLong(id -> processes.status(id).applied()).max().orElse(0);
    some.forEach(id -> processes.process(id).kill());
    away.untilTheOthersHaveTruncated(some, applied);
  }

  private void assertTookOver(int id) {
    assertTold(id, "took over the state at slot");
  }

  private void assertTold(int id, String text) {
    assertTrue(!processes.told(id, text).isEmpty(), () -> text + "?\n" + processes.lastLines());
  }

  private void endEqual(Writers writers) {
    writers.end();
    System.out.println(writers.summary());
    assertEquals(List.of(), writers.failures());
    Stores.holdAll(processes, writers.acknowledged());
    Stores.areEqual(processes);
  }
}
