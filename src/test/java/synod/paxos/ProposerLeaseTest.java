package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import synod.paxos.ProposerSettings.Sizes;
import synod.paxos.ProposerSettings.Timing;

/** A leader that reads under a lease, and all that ends it. */
class ProposerLeaseTest {
  private static final long LEASE = 300;
  private static final ProposerSettings SETTINGS =
      new ProposerSettings(
          Ear.replicas(3), Quorums.majority(3), new Timing(100, 50, 5_000), new Sizes(2, 8, 16));

  private final Ear ear = new Ear(1);
  private final AtomicLong clock = new AtomicLong(1_000);
  private Proposer proposer = newLife();
  private Ballot ballot = Ballot.NONE;
  private long slot;
  private long round;
  private long read;

  private Proposer newLife() {
    var leases = new LeaseSettings(LEASE, 10, clock::get);
    Proposer life = new Proposer(ear.journal(), SETTINGS, leases);
    life.start(clock.get(), ear.outbox());
    return life;
  }

  /** Its own no-op is chosen in the next slot. */
  private void lead() {
    prepared();
    ear.tell(proposer, 1, new Message.SlotChosen(ballot, slot));
    ear.all();
  }

  private void prepared() {
    ear.tell(proposer, 1, new Message.Lead(ballot.round(), slot));
    ballot = ear.journal().ownBallot();
    for (int acceptor = 1; acceptor <= 2; acceptor++) {
      var promise = new Message.Promise(ballot, slot + 1, List.of(), 0, slot, 0);
      ear.tell(proposer, acceptor, promise);
    }
    slot++;
    ear.all();
  }

  /** The slots at which reads may be answered that were answered now. */
  private List<Long> reads() {
    ear.tell(proposer, 3, new Message.Read(++read));
    return answered();
  }

  private List<Long> answered() {
    List<Envelope<?>> all = ear.all();
    all.stream()
        .map(Envelope::message)
        .filter(Message.Confirm.class::isInstance)
        .forEach(m -> round = ((Message.Confirm) m).round());
    return all.stream()
        .map(Envelope::message)
        .filter(Message.ReadIndex.class::isInstance)
        .map(m -> ((Message.ReadIndex) m).slot())
        .toList();
  }

  private List<Long> confirmed(long granted) {
    ear.tell(proposer, 1, new Message.Confirmed(ballot, round, granted));
    ear.tell(proposer, 2, new Message.Confirmed(ballot, round, granted));
    return answered();
  }

  private void givenALease() {
    lead();
    reads();
    confirmed(LEASE);
  }

  @Test
  void theFirstReadTakesARoundAndThoseAfterItAreAnsweredAtOnce() {
    lead();
    assertEquals(List.of(), reads());
    assertEquals(List.of(1L), confirmed(LEASE));

    assertEquals(List.of(1L), reads());
    clock.addAndGet(269);
    assertEquals(List.of(1L), reads());
  }

  @Test
  void aReadIsAnsweredAtTheLastSlotProposedByThen() {
    givenALease();
    ear.tell(proposer, 3, new Message.Submit(Bytes.utf8("a")));

    assertEquals(List.of(2L), reads());
  }

  /** No tick tells that the process was stopped for a while: the clock does. */
  @Test
  void aReadThatComesAfterTheLeaseTakesARoundThoughNoTickHasCome() {
    givenALease();
    clock.addAndGet(270);

    assertEquals(List.of(), reads());
    assertEquals(List.of(1L), confirmed(LEASE));
  }

  @Test
  void theLeaseCountsFromWhenItsRoundBegan() {
    lead();
    reads();
    clock.addAndGet(250);
    confirmed(LEASE);

    clock.addAndGet(19);
    assertEquals(List.of(1L), reads());
    clock.addAndGet(1);
    assertEquals(List.of(), reads());
  }

  /** The answer may be to the first question. */
  @Test
  void aQuestionThatIsSentAgainDoesNotMakeTheLeaseLonger() {
    lead();
    reads();
    clock.addAndGet(250);
    proposer.tick(clock.get(), ear.outbox());
    ear.all();
    confirmed(LEASE);

    clock.addAndGet(20);
    assertEquals(List.of(), reads());
  }

  @Test
  void readsRenewTheLeaseOnceAThirdOfItIsOver() {
    givenALease();
    long first = round;
    clock.addAndGet(99);
    reads();
    assertEquals(first, round);
    clock.addAndGet(1);
    reads();
    assertEquals(first + 1, round);
    reads();
    assertEquals(first + 1, round);
    confirmed(LEASE);

    clock.addAndGet(269);
    assertEquals(List.of(1L), reads());
  }

  @Test
  void aLeaderThatServesNoReadsRenewsNothing() {
    givenALease();
    long first = round;
    for (int i = 0; i < 100; i++) {
      proposer.tick(clock.addAndGet(10), ear.outbox());
    }
    answered();

    assertEquals(first, round);
  }

  @Test
  void confirmationsThatGrantNothingServeTheRoundAlone() {
    lead();
    reads();

    assertEquals(List.of(1L), confirmed(0));
    assertEquals(List.of(), reads());
  }

  @Test
  void readsThatWaitForTheNextRoundAreAnsweredUnderTheLeaseThatThisOneMade() {
    lead();
    reads();
    reads();
    reads();

    assertEquals(List.of(1L, 1L, 1L), confirmed(LEASE));
  }

  // ---------------------------------------------------------------- what ends it

  @Test
  void aLeaseIsOfOneBallot() {
    givenALease();
    lead();

    assertEquals(List.of(), reads());
  }

  /** Before its own no-op is chosen a leader may not know what was acknowledged. */
  @Test
  void nothingIsReadBeforeTheOwnNoOpIsChosen() {
    givenALease();
    prepared();

    assertEquals(List.of(), reads());
    assertEquals(List.of(), confirmed(LEASE));
  }

  @Test
  void aLeaseDiesWithTheProposer() {
    givenALease();
    proposer = newLife();
    lead();

    assertEquals(List.of(), reads());
  }

  @Test
  void whoStandsDownAnswersNothing() {
    givenALease();
    ear.tell(proposer, 2, new Message.Rejected(ballot, new Ballot(9, new ReplicaId(2))));
    assertEquals(List.of(), reads());

    lead();
    assertEquals(List.of(), reads());
  }

  @Test
  void aReadThatComesWhileTheLeaseIsBeingRenewedIsAnsweredAtOnce() {
    givenALease();
    clock.addAndGet(100);
    reads();
    long renewing = round;
    clock.addAndGet(100);

    assertEquals(List.of(1L), reads());
    assertEquals(renewing, round);
  }
}
