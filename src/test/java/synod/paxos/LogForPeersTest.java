package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import synod.paxos.LearnerSettings.Retain;

/** A learner truncates the log, but not what a peer that takes a state will ask for next. */
class LogForPeersTest {
  private static final long PATIENCE = 6_000;

  private final Ear ear = new Ear(1);
  private final RecordingMachine machine = new RecordingMachine((slot, batch) -> {});
  private Learner learner = learner(new Retain(10, 1_000_000));

  private Learner learner(Retain retain) {
    return new Learner(
        ear.journal(),
        machine,
        new LearnerSettings(Ear.replicas(3), Quorums.majority(3), 4, 100, retain));
  }

  @BeforeEach
  void timeDoesNotBeginAtZero() {
    learner.tick(1_000, ear.outbox());
  }

  private void apply(int slots) {
    List<Batch> batches = Collections.nCopies(slots, Ear.batch("abcd"));
    long last = machine.applied() + slots;
    ear.tell(learner, 2, new Message.Learned(machine.applied() + 1, batches, last));
  }

  /** Up to where the log is truncated then, by an acceptor that does what it is asked to. */
  private long truncatedAt(long now) {
    for (int i = 0; i < 2; i++) {
      learner.tick(now, ear.outbox());
      for (Message.Truncate truncate : ear.only(Message.Truncate.class)) {
        ear.journal().truncate(truncate.slot());
      }
    }
    return ear.journal().truncated();
  }

  /** Twenty slots are applied and gone; replica 3 is offered a state, and twenty more follow. */
  private Snapshot givenAPeerThatTakesAState() {
    apply(20);
    machine.persist();
    ear.journal().truncate(20);
    machine.forget(20);
    ear.tell(learner, 3, new Message.Fetch(20));
    ear.tell(learner, 3, new Message.Fetch(20));
    Snapshot offered = ear.last(Message.SnapshotOffer.class).orElseThrow().snapshot();
    apply(20);
    return offered;
  }

  @Test
  void theLogIsTruncatedOnceItHasTooManySlots() {
    apply(40);

    assertEquals(30, truncatedAt(1_010));
  }

  @Test
  void theLogIsTruncatedOnceItHasTooManyBytes() {
    learner = learner(new Retain(Long.MAX_VALUE / 2, 160));
    apply(40);

    assertEquals(32, truncatedAt(1_010));
  }

  @Test
  void theLogStaysForWhomAStateWasOfferedUntilItHasBeenSilentForLong() {
    givenAPeerThatTakesAState();

    assertEquals(20, truncatedAt(1_010));
    assertEquals(20, truncatedAt(1_000 + PATIENCE - 1));
    assertEquals(30, truncatedAt(1_000 + PATIENCE));
  }

  @Test
  void whoeverPullsAPieceIsWaitedForAnew() {
    Snapshot offered = givenAPeerThatTakesAState();
    learner.tick(3_000, ear.outbox());
    ear.tell(learner, 3, new Message.FetchSnapshot(offered, 0));

    assertEquals(20, truncatedAt(3_000 + PATIENCE - 1));
    assertEquals(30, truncatedAt(3_000 + PATIENCE));
  }

  @Test
  void nothingStaysForOneThatPullsAStateThatIsGone() {
    apply(40);

    ear.tell(learner, 3, new Message.FetchSnapshot(new Snapshot(5, 9, 100), 0));

    assertEquals(30, truncatedAt(1_010));
  }

  @Test
  void whoeverFetchesSlotsNeedsThoseBeforeThemNoMore() {
    givenAPeerThatTakesAState();

    ear.tell(learner, 3, new Message.Fetch(26));

    assertEquals(25, truncatedAt(1_010));
  }
}
