package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static synod.paxos.Ear.ballot;
import static synod.paxos.Ear.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import synod.testing.Samples;

/** An acceptor that has granted a lease, and one that may have done so in a life before. */
class AcceptorLeaseTest {
  private static final long LEASE = 300;
  private static final Ballot LEADER = ballot(5, 2);
  private static final long BORN = 1_000;
  private static final long GRANTED = 5_000;

  private final Ear ear = new Ear(3);
  private final AtomicLong clock = new AtomicLong(BORN);
  private Acceptor acceptor = born();

  private Acceptor born() {
    var leases = new LeaseSettings(LEASE, 10, clock::get);
    acceptor = new Acceptor(ear.journal(), Samples.ACCEPTING, leases);
    acceptor.start(clock.get(), ear.outbox());
    ear.all();
    return acceptor;
  }

  private void lead(Ballot leader, long at) {
    clock.set(at);
    confirm(leader);
    ear.all();
  }

  private void confirm(Ballot leader) {
    ear.tell(acceptor, leader.replica().number(), new Message.Confirm(leader, 1));
  }

  private void prepare(Ballot ballot) {
    ear.tell(acceptor, ballot.replica().number(), new Message.Prepare(ballot, 1));
  }

  private List<String> answers() {
    return ear.all().stream()
        .map(Envelope::message)
        .filter(m -> m instanceof Message.ToProposer)
        .map(m -> m.getClass().getSimpleName())
        .toList();
  }

  record Case(Ballot prepared, long after, List<String> answers) {}

  /** A prepare of the leader's replica and of others, lower, equal, higher; before and after. */
  static List<Case> table() {
    List<Case> cases = new ArrayList<>();
    for (long after : List.of(0L, 1L, LEASE - 1, LEASE, LEASE + 1)) {
      List<String> another = after > LEASE ? List.of("Promise") : List.of();
      for (Ballot higher : List.of(ballot(5, 3), ballot(6, 1), ballot(6, 3), ballot(900, 1))) {
        cases.add(new Case(higher, after, another));
      }
      for (Ballot own : List.of(LEADER, ballot(6, 2), ballot(900, 2))) {
        cases.add(new Case(own, after, List.of("Promise")));
      }
      for (Ballot lower : List.of(ballot(4, 3), ballot(4, 2), ballot(5, 1))) {
        cases.add(new Case(lower, after, List.of("Rejected")));
      }
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("table")
  void aPrepareOfAnotherReplicaWaitsUntilTheGrantIsOver(Case c) {
    ear.journal().promise(LEADER);
    born();
    lead(LEADER, GRANTED);

    clock.set(GRANTED + c.after());
    prepare(c.prepared());

    assertEquals(c.answers(), answers());
    boolean promised = c.answers().equals(List.of("Promise"));
    assertEquals(promised ? c.prepared() : LEADER, ear.journal().promised());
  }

  /** The tick is from before the question: what counts is when the question came. */
  @Test
  void aGrantCountsFromTheQuestionAndNotFromTheTickBefore() {
    clock.set(GRANTED);
    acceptor.tick(GRANTED, ear.outbox());
    lead(LEADER, GRANTED + 900);

    clock.set(GRANTED + 900 + LEASE);
    prepare(ballot(6, 1));

    assertEquals(List.of(), answers());
  }

  @Test
  void whatWasHeldBackIsPromisedAtTheNextTickAfterTheGrant() {
    lead(LEADER, GRANTED);
    prepare(ballot(6, 1));
    prepare(ballot(7, 3));
    prepare(ballot(6, 3));

    clock.set(GRANTED + LEASE);
    acceptor.tick(clock.get(), ear.outbox());
    assertEquals(List.of(), answers());
    clock.set(GRANTED + LEASE + 1);
    acceptor.tick(clock.get(), ear.outbox());
    acceptor.tick(clock.get(), ear.outbox());

    assertEquals(List.of("Promise"), answers());
    assertEquals(ballot(7, 3), ear.journal().promised());
  }

  @Test
  void aGrantIsProlongedByTheNext() {
    lead(LEADER, GRANTED);
    lead(LEADER, GRANTED + 100);

    clock.set(GRANTED + LEASE + 100);
    prepare(ballot(6, 1));
    assertEquals(List.of(), answers());
  }

  @Test
  void nothingIsGrantedToOthersWhileAPrepareIsHeldBack() {
    confirm(LEADER);
    assertEquals(LEASE, ear.last(Message.Confirmed.class).orElseThrow().leaseMs());
    prepare(ballot(6, 1));

    clock.set(BORN + 100);
    confirm(LEADER);
    assertEquals(0, ear.last(Message.Confirmed.class).orElseThrow().leaseMs());
    clock.set(BORN + LEASE + 1);
    acceptor.tick(clock.get(), ear.outbox());

    assertEquals(List.of("Promise"), answers());
  }

  /** Or the next ballot of that replica would be promised under the lease of the present leader. */
  @Test
  void aLateQuestionOfAnEarlierLeaderTakesNoGrantOver() {
    lead(ballot(6, 1), GRANTED);

    confirm(LEADER);
    assertEquals(0, ear.last(Message.Confirmed.class).orElseThrow().leaseMs());
    prepare(ballot(8, 2));

    assertEquals(List.of(), answers());
  }

  /** Its proposer has a phase-1 quorum, so that the lease is over, whatever is known of it here. */
  @Test
  void anAcceptAtAHigherBallotIsAcceptedDuringAGrant() {
    lead(LEADER, GRANTED);

    ear.tell(acceptor, 1, new Message.Accept(ballot(6, 1), 1, batch("a"), 0));

    assertTrue(ear.last(Message.Accepted.class).isPresent());
    assertEquals(ballot(6, 1), ear.journal().promised());
  }

  // ---------------------------------------------------------------- after a restart

  /** It cannot know whom the life before granted what, not even that it was the same replica. */
  @Test
  void aNewLifePromisesNothingForALease() {
    lead(LEADER, GRANTED);
    born();

    for (Ballot ballot : List.of(ballot(5, 3), ballot(6, 2), ballot(7, 1))) {
      clock.set(GRANTED + LEASE);
      prepare(ballot);
      acceptor.tick(clock.get(), ear.outbox());
      assertEquals(List.of(), answers());
    }
    clock.set(GRANTED + LEASE + 1);
    acceptor.tick(clock.get(), ear.outbox());

    assertEquals(List.of("Promise"), answers());
    assertEquals(ballot(7, 1), ear.journal().promised());
  }

  /** What is promised already was promised when no grant forbade it: pages may go on. */
  @Test
  void aNewLifeSaysAgainWhatItHasPromised() {
    ear.journal().promise(LEADER);
    born();

    prepare(LEADER);

    assertEquals(List.of("Promise"), answers());
  }

  @Test
  void aNewLifeAcceptsConfirmsAndGrantsAtOnce() {
    born();

    ear.tell(acceptor, 2, new Message.Accept(LEADER, 1, batch("a"), 0));
    assertTrue(ear.last(Message.Accepted.class).isPresent());
    confirm(LEADER);
    assertEquals(
        List.of(new Message.Confirmed(LEADER, 1, LEASE)), ear.only(Message.Confirmed.class));
  }

  @Test
  void withoutLeasesNothingIsGrantedAndNothingWaits() {
    acceptor = new Acceptor(ear.journal(), Samples.ACCEPTING);
    acceptor.start(0, ear.outbox());
    ear.all();

    confirm(LEADER);
    prepare(ballot(6, 1));

    assertEquals(List.of("Confirmed", "Promise"), answers());
  }
}
