package synod.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the log of five replicas says: the story of an election, and nothing while all is well. */
final class LogTest {
  private static final String BALLOT = "ballot \\d+[.]\\d";

  /** On the winner's log. */
  private static final List<String> STORY =
      List.of(
          "elector suspects replica \\d, the leader at " + BALLOT + ": silent for \\d+ ms",
          "elector round \\d+ names replica \\d: no leader was heard by .*",
          "proposer sent prepare at " + BALLOT + " for all slots from \\d+",
          "proposer a quorum promised " + BALLOT + ": proposes from slot \\d+, .*",
          "proposer leads at " + BALLOT + ": its no-op is chosen in slot \\d+");

  private static final Logger SYNOD = (Logger) LoggerFactory.getLogger("synod");

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent line) {
          lines.add(
              line.getLoggerName().replaceFirst("synod[.]", "") + " " + line.getFormattedMessage());
        }
      };

  @BeforeEach
  void listen() {
    appender.start();
    SYNOD.setLevel(Level.INFO);
    SYNOD.setAdditive(false);
    SYNOD.addAppender(appender);
  }

  @AfterEach
  void listenNoMore() {
    SYNOD.detachAppender(appender);
    SYNOD.setAdditive(true);
    SYNOD.setLevel(null);
  }

  @Test
  void anElectionTellsItsStoryAndAnIdleClusterSaysNothing() {
    try (TestCluster cluster =
        TestCluster.ofFive(
            "liveness { tick = 25 ms, heartbeat = 50 ms, keep-alive = 25 ms, suspect = 2 s }")) {
      int old = cluster.awaitLeader();
      cluster.put(old, "a", "1");
      cluster.awaitEqualStores();

      lines.clear();
      awaitSlots(cluster, 10);
      assertEquals(List.of(), lines);

      cluster.kill(old);
      int winner = cluster.awaitLeader();
      awaitSlots(cluster, 1);

      assertNotEquals(old, winner);
      STORY.forEach(part -> assertTrue(lines.stream().anyMatch(l -> l.matches(part)), part));
      lines.forEach(line -> assertTrue(isOfAnElection(line), line + " in " + lines));

      lines.clear();
      awaitSlots(cluster, 10);
      assertEquals(List.of(), lines);
    }
  }

  private static boolean isOfAnElection(String line) {
    return STORY.stream().anyMatch(line::matches)
        || line.matches("elector takes replica \\d for the leader, at " + BALLOT);
  }

  /** The leader's heartbeats fill them. */
  private static void awaitSlots(TestCluster cluster, int count) {
    int any = cluster.awaitLeader();
    long until = cluster.replica(any).status().applied() + count;
    TestCluster.awaitUntil(
        count + " slots",
        () ->
            cluster.alive().stream()
                .allMatch(id -> cluster.replica(id).status().applied() >= until));
  }
}
