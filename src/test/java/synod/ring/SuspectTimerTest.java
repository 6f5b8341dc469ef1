package synod.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import synod.paxos.ReplicaId;

/** With no chance in it: suspect timeout 500 ms, takeover 500 ms, back-off from 250 ms. */
class SuspectTimerTest {
  private static final ReplicaId LEADER = new ReplicaId(3);

  private final SuspectTimer timer = new SuspectTimer(ElectorSettings.DEFAULTS, () -> 0);

  /** Agrees with others from the one on, and starts a token from the other on. */
  private void assertWaits(long agrees, long due) {
    assertFalse(timer.agrees(agrees - 1));
    assertTrue(timer.agrees(agrees));
    assertFalse(timer.isDue(due - 1));
    assertTrue(timer.isDue(due));
  }

  @Test
  void waitsOneTimeoutForALeaderThatWasHeardAndAgreesAfterHalfOfIt() {
    timer.heard(LEADER, 1_000);

    assertWaits(1_250, 1_500);
  }

  @Test
  void takesATurnInTheRingForALeaderWhoseProcessIsGone() {
    timer.heard(LEADER, 1_000);

    timer.gone(LEADER, 2, 1_040);

    assertWaits(1_040, 1_190);
  }

  @Test
  void isNotCalmedByWhatOneThatIsGoneHadSaidByThen() {
    timer.gone(LEADER, 0, 1_000);

    timer.heard(LEADER, 1_249);
    assertTrue(timer.isDue(1_249));

    timer.heard(LEADER, 1_250);
    assertWaits(1_500, 1_750);
  }

  @Test
  void isCalmedByAnotherLeaderAtOnce() {
    timer.gone(LEADER, 0, 1_000);

    timer.heard(new ReplicaId(1), 1_010);

    assertWaits(1_260, 1_510);
  }

  @Test
  void givesAWinnerTimeToTakeOver() {
    timer.start(0);

    timer.announced(1_000);

    assertWaits(1_250, 1_500);
  }

  @Test
  void givesOneThatWasFasterItsTimeAndALittleMoreEachTime() {
    timer.outbid(1_000);
    assertWaits(1_250, 1_750);
    assertEquals(1, timer.failures());

    timer.outbid(2_000);
    assertWaits(2_250, 3_000);
  }

  @Test
  void backsOffTwiceAsLongAfterEachFailureUpToABound() {
    for (long wait : new long[] {250, 500, 1_000, 2_000, 2_000}) {
      timer.abandoned(1_000);

      assertWaits(1_000, 1_000 + wait);
    }
  }
}
