package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static synod.paxos.Ear.ballot;
import static synod.paxos.Ear.batch;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import synod.testing.Samples;

/** How much of the log stays. */
class RetentionTest {
  private final Ear ear = new Ear(1);
  private final RecordingMachine machine = new RecordingMachine((slot, batch) -> {});
  private final Acceptor acceptor = new Acceptor(ear.journal(), Samples.ACCEPTING);

  private void apply(Retention retention, int slots, int bytes) {
    for (int i = 0; i < slots; i++) {
      long slot = machine.applied() + 1;
      Batch batch = batch("x".repeat(bytes));
      ear.journal().accept(new Acceptance(slot, ballot(1, 1), batch));
      machine.apply(slot, batch, true);
      retention.applied(slot, batch);
    }
  }

  /** What is asked of the acceptor in a tick, done at once. */
  private OptionalLong tick(Retention retention) {
    retention.tick(0, ear.outbox());
    OptionalLong truncated = OptionalLong.empty();
    for (Message message : ear.said(1)) {
      if (message instanceof Message.Truncate truncate) {
        truncated = OptionalLong.of(truncate.slot());
      }
      ear.tell(acceptor, 1, (Message.ToAcceptor) message);
    }
    return truncated;
  }

  private Retention retain(long slots, long bytes) {
    return new Retention(ear.journal(), machine, new LearnerSettings.Retain(slots, bytes));
  }

  @Test
  void truncatesBySlotsOnceAQuarterMoreHasGathered() {
    Retention retention = retain(100, Long.MAX_VALUE / 2);
    apply(retention, 125, 1);
    OptionalLong early = tick(retention);

    apply(retention, 1, 1);
    tick(retention);
    OptionalLong due = tick(retention);

    assertEquals(OptionalLong.empty(), early);
    assertEquals(OptionalLong.of(26), due);
    assertEquals(26, ear.journal().truncated());
    assertTrue(ear.journal().accepted(26).isEmpty());
    assertTrue(ear.journal().accepted(27).isPresent());
  }

  @Test
  void truncatesByBytes() {
    Retention retention = retain(Long.MAX_VALUE / 2, 100_000);
    apply(retention, 200, 1_000);

    tick(retention);
    tick(retention);

    long left = machine.applied() - ear.journal().truncated();
    assertTrue(left * 1_016 <= 100_000, "left: " + left);
    assertTrue(left * 1_016 >= 100_000 - 2 * 100_000 / 16, "left: " + left);
  }

  /** I8. */
  @Test
  void neverTruncatesWhatAPowerCutWouldTakeFromTheState() {
    Retention retention = retain(10, Long.MAX_VALUE / 2);
    apply(retention, 50, 1);

    retention.tick(0, ear.outbox());

    assertEquals(List.of(), ear.only(Message.Truncate.class));
    ear.tell(acceptor, 1, new Message.Truncate(40));
    assertEquals(0, ear.journal().truncated());
  }

  @Test
  void whatWasKeptBesideTheJournalIsForgottenWithIt() {
    Retention retention = retain(10, Long.MAX_VALUE / 2);
    apply(retention, 50, 1);

    for (int i = 0; i < 3; i++) {
      tick(retention);
    }

    assertTrue(machine.kept(40).isEmpty());
    assertTrue(machine.kept(41).isPresent());
  }

  private static final ReplicaId PEER = new ReplicaId(2);

  private void tickTwice(Retention retention, long now) {
    for (int i = 0; i < 2; i++) {
      retention.tick(now, ear.outbox());
      ear.said(1).forEach(message -> ear.tell(acceptor, 1, (Message.ToAcceptor) message));
    }
  }

  @Test
  void whatFollowsAStateThatAPeerTakesStaysUntilThePeerHasIt() {
    Retention retention = retain(10, 1_000_000);
    apply(retention, 50, 1);
    retention.takes(PEER, new Snapshot(50, 7, 1_000), 100);
    apply(retention, 50, 1);

    tickTwice(retention, 0);
    long taking = ear.journal().truncated();
    retention.fetches(PEER, 81, 100);
    tickTwice(retention, 0);
    long fetching = ear.journal().truncated();
    tickTwice(retention, 100);

    assertEquals(50, taking);
    assertEquals(80, fetching);
    assertEquals(90, ear.journal().truncated());
  }

  @Test
  void aLogLongerThanTheStateDoesNotStayForAPeer() {
    Retention retention = retain(10, 1_000);
    apply(retention, 50, 1);
    Snapshot state = new Snapshot(50, 7, 2_000);
    retention.takes(PEER, state, 100);
    apply(retention, 50, 1);
    retention.takes(PEER, state, 100);
    tickTwice(retention, 0);
    long shorter = ear.journal().truncated();

    apply(retention, 100, 1);
    retention.takes(PEER, state, 100);
    tickTwice(retention, 0);

    assertEquals(50, shorter);
    assertEquals(190, ear.journal().truncated());
  }

  @Test
  void theStateIsMadeDurableForAnAcceptorThatWaitsForIt() {
    Retention retention = retain(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2);
    ear.journal().stand(Standing.readmitting(ballot(1, 1), 5));
    apply(retention, 4, 1);
    tick(retention);
    long early = machine.durable();

    apply(retention, 2, 1);
    tick(retention);

    assertEquals(0, early);
    assertEquals(6, machine.durable());
  }

  /** What an acceptor that follows in each tick has truncated by now. */
  private long truncated(Retention retention) {
    tick(retention);
    tick(retention);
    return ear.journal().truncated();
  }

  /** Batches of 20 bytes: 1,600 may stay, marked every 100; a quarter more is 2,000. */
  @Test
  void truncatesByBytesInStepsOnceAQuarterMoreHasGathered() {
    Retention retention = retain(Long.MAX_VALUE / 2, 1_600);
    apply(retention, 100, 4);
    assertEquals(0, truncated(retention));
    apply(retention, 5, 4);
    assertEquals(25, truncated(retention));

    apply(retention, 20, 4);
    assertEquals(25, truncated(retention));
    apply(retention, 1, 4);
    assertEquals(50, truncated(retention));
  }

  @Test
  void countsSlotsFromTheTruncatedOnesOn() {
    Retention retention = retain(100, Long.MAX_VALUE / 2);
    apply(retention, 126, 1);
    assertEquals(26, truncated(retention));

    apply(retention, 25, 1);
    assertEquals(26, truncated(retention));
    apply(retention, 1, 1);
    assertEquals(52, truncated(retention));
  }

  /** Batches of 20 bytes: a state of 2,000 is worth as long a log and no longer. */
  @Test
  void aLogAsLongAsTheStateStaysForAPeerAndNoLongerOne() {
    Retention retention = retain(10, 1_000);
    apply(retention, 50, 4);
    retention.takes(PEER, new Snapshot(50, 7, 2_000), 100);
    apply(retention, 100, 4);
    assertEquals(50, truncated(retention));

    apply(retention, 1, 4);

    assertEquals(141, truncated(retention));
  }

  @Test
  void forAPeerThatTakesALaterStateTheLogIsMeasuredAnew() {
    Retention retention = retain(10, 1_000);
    apply(retention, 50, 4);
    retention.takes(PEER, new Snapshot(50, 7, 2_000), 100);
    apply(retention, 90, 4);
    retention.takes(PEER, new Snapshot(140, 8, 2_000), 100);
    apply(retention, 90, 4);

    assertEquals(140, truncated(retention));
  }

  @Test
  void aStateThatSufficesForAnAcceptorIsNotMadeDurableAgain() {
    Retention retention = retain(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2);
    ear.journal().stand(Standing.readmitting(ballot(1, 1), 5));
    apply(retention, 5, 1);
    tick(retention);
    long first = machine.durable();

    apply(retention, 5, 1);
    tick(retention);

    assertEquals(5, first);
    assertEquals(5, machine.durable());
  }
}
