package synod.process;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
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
      int one = away.aFollower();
      away.send(List.of(one));
      long began = System.nanoTime();

      processes.start(one);
      away.untilBack(one);

      long gap = writers.longestGapMsSince(began);
      System.out.printf(
          "back after %d ms; longest time without a put meanwhile: %d ms%n",
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began), gap);
      assertTrue(gap < LONGEST_GAP_MS, () -> gap + " ms without a put");
      assertTookOver(one);
      away.endEqual(writers);
    }
  }

  @Test
  @Tag("long")
  void twoComeBackAtOnce() {
    try (Writers writers = new Writers(processes, "two")) {
      int leader = processes.awaitLeader(Processes.ALL);
      List<Integer> two = Away.others(leader).subList(1, 3);
      away.send(two);

      two.forEach(processes::start);
      two.forEach(away::untilBack);

      two.forEach(this::assertTookOver);
      away.endEqual(writers);
    }
  }

  @Test
  void aReceiverThatIsKilledMidwayGoesOnWhereItWas() {
    try (Writers writers = new Writers(processes, "receiver")) {
      int one = away.aFollower();
      away.send(List.of(one));
      processes.start(one);
      away.untilReceived(one, SOME);

      processes.process(one).kill();
      processes.start(one);
      away.untilBack(one);

      assertTold(one, "goes on receiving the state");
      assertTookOver(one);
      away.endEqual(writers);
    }
  }

  @Test
  @Tag("long")
  void aSenderThatIsKilledMidwayIsWaitedForOrDoneWithout() {
    try (Writers writers = new Writers(processes, "sender")) {
      int one = away.aFollower();
      away.send(List.of(one));
      processes.start(one);
      away.untilReceived(one, SOME);

      int sender = away.senderTo(one);
      processes.process(sender).kill();
      away.untilBack(one);
      processes.start(sender);
      away.untilBack(sender);

      assertTookOver(one);
      away.endEqual(writers);
    }
  }

  @Test
  void theLeaderChangesMidway() {
    try (Writers writers = new Writers(processes, "leader")) {
      int leader = processes.awaitLeader(Processes.ALL);
      int one = away.aFollower();
      away.send(List.of(one));
      processes.start(one);
      away.untilReceived(one, SOME);

      processes.process(leader).kill();
      away.untilBack(one);
      processes.start(leader);
      away.untilBack(leader);

      assertTookOver(one);
      away.endEqual(writers);
    }
  }

  private void assertTookOver(int id) {
    assertTold(id, "took over the state at slot");
  }

  private void assertTold(int id, String text) {
    assertTrue(!processes.told(id, text).isEmpty(), () -> text + "?\n" + processes.lastLines());
  }
}
