package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static synod.paxos.Ear.ballot;
import static synod.paxos.Ear.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import synod.testing.Samples;

class AcceptorTest {
  private static final Ballot PROMISED = ballot(5, 2);
  private static final Ballot EARLIER = ballot(3, 1);
  private static final long SLOT = 4;
  private static final int SENDER = 1;

  /** What slot 4 holds, and the prefix that is applied here: below, at or above it. */
  record Before(String slot, long applied) {}

  record Case(Ballot ballot, Before before) {}

  /**
   * Ballots lower, equal and higher by round and by replica, on everything an acceptor can hold.
   */
  static List<Case> table() {
    List<Case> cases = new ArrayList<>();
    for (Ballot ballot :
        List.of(ballot(4, 3), ballot(5, 1), PROMISED, ballot(5, 3), ballot(6, 1))) {
      for (String slot : List.of("empty", "lower", "same")) {
        for (long applied = SLOT - 1; applied <= SLOT + 1; applied++) {
          cases.add(new Case(ballot, new Before(slot, applied)));
        }
      }
    }
    return cases;
  }

  private final Ear ear = new Ear(3);

  private Acceptor given(Before before) {
    if (!before.slot().equals("empty")) {
      Ballot at = before.slot().equals("lower") ? EARLIER : PROMISED;
      ear.journal().accept(new Acceptance(SLOT, at, batch("old")));
    }
    ear.journal().promise(PROMISED);
    Acceptor acceptor = new Acceptor(ear.journal(), Samples.ACCEPTING);
    ear.tell(acceptor, 3, new Message.Known(before.applied()));
    return acceptor;
  }

  private static Ballot higher(Ballot ballot) {
    return ballot.isAbove(PROMISED) ? ballot : PROMISED;
  }

  @ParameterizedTest
  @MethodSource("table")
  void aPrepareIsPromisedFromThePromiseUp(Case c) {
    Acceptor acceptor = given(c.before());
    List<Acceptance> held = ear.journal().accepted(SLOT, 1_000);

    for (int times = 1; times <= 2; times++) {
      ear.tell(acceptor, SENDER, new Message.Prepare(c.ballot(), SLOT));

      Message answer =
          c.ballot().isBelow(PROMISED)
              ? new Message.Rejected(c.ballot(), PROMISED)
              : new Message.Promise(c.ballot(), SLOT, held, 0, c.before().applied(), 0);
      assertEquals(List.of(answer), ear.said(SENDER));
      assertEquals(higher(c.ballot()), ear.journal().promised());
      assertEquals(held, ear.journal().accepted(1, 1_000));
    }
  }

  @ParameterizedTest
  @MethodSource("table")
  void anAcceptIsAcceptedFromThePromiseUp(Case c) {
    Acceptor acceptor = given(c.before());
    List<Acceptance> held = ear.journal().accepted(1, 1_000);

    for (int times = 1; times <= 2; times++) {
      var accept = new Message.Accept(c.ballot(), SLOT, batch("new"), SLOT - 1);
      ear.tell(acceptor, SENDER, accept);

      if (c.ballot().isBelow(PROMISED)) {
        assertEquals(List.of(new Message.Rejected(c.ballot(), PROMISED)), ear.said(SENDER));
        assertEquals(held, ear.journal().accepted(1, 1_000));
      } else {
        var done = new Acceptance(SLOT, c.ballot(), batch("new"));
        List<Envelope<?>> said = ear.all();
        assertEquals(2, said.size());
        assertEquals(new Message.Accepted(c.ballot(), SLOT), said.get(0).message());
        assertEquals(c.ballot().replica(), said.get(0).to());
        assertEquals(
            new Message.Journaled(c.ballot(), SLOT, batch("new"), SLOT - 1), said.get(1).message());
        assertEquals(new ReplicaId(3), said.get(1).to());
        assertEquals(List.of(done), ear.journal().accepted(1, 1_000));
      }
      assertEquals(higher(c.ballot()), ear.journal().promised());
    }
  }

  @ParameterizedTest
  @MethodSource("table")
  void aBallotIsConfirmedFromThePromiseUpAndPromisesNothing(Case c) {
    Acceptor acceptor = given(c.before());
    List<Acceptance> held = ear.journal().accepted(1, 1_000);

    ear.tell(acceptor, SENDER, new Message.Confirm(c.ballot(), 7));

    Message answer =
        c.ballot().isBelow(PROMISED)
            ? new Message.Rejected(c.ballot(), PROMISED)
            : new Message.Confirmed(c.ballot(), 7, 0);
    assertEquals(List.of(answer), ear.said(SENDER));
    assertEquals(PROMISED, ear.journal().promised());
    assertEquals(held, ear.journal().accepted(1, 1_000));
  }

  /** Else nobody could tell a later leader which batch was chosen once this learner is lost. */
  @Test
  void reportsWhatItAcceptedInSlotsThatAreAppliedHere() {
    Acceptor acceptor = given(new Before("same", SLOT + 10));

    ear.tell(acceptor, SENDER, new Message.Prepare(ballot(9, 1), 1));

    Message.Promise promise = ear.last(Message.Promise.class).orElseThrow();
    assertEquals(1, promise.accepted().size());
    assertEquals(SLOT + 10, promise.chosen());
  }

  @Test
  void callsNothingAppliedThatALeaderOnlyCalledChosen() {
    Acceptor acceptor = new Acceptor(ear.journal(), Samples.ACCEPTING);

    ear.tell(acceptor, 1, new Message.Accept(ballot(1, 1), 9, batch("a"), 8));
    ear.tell(acceptor, 2, new Message.Prepare(ballot(1, 2), 9));

    assertEquals(0, ear.last(Message.Promise.class).orElseThrow().chosen());
  }

  @Test
  void aPromiseOutlivesTheRoleAndItsSync() {
    Acceptor acceptor = new Acceptor(ear.journal(), Samples.ACCEPTING);
    ear.tell(acceptor, 1, new Message.Prepare(ballot(2, 1), 1));

    Acceptor next = new Acceptor(ear.journal(), Samples.ACCEPTING);
    ear.tell(next, 1, new Message.Accept(ballot(1, 1), 1, batch("a"), 0));

    assertEquals(
        List.of(new Message.Rejected(ballot(1, 1), ballot(2, 1))),
        ear.only(Message.Rejected.class));
  }

  @Test
  void pagesFollowEachOtherWithoutAGapAndTheLastSaysSo() {
    Acceptor acceptor = new Acceptor(ear.journal(), Samples.ACCEPTING);
    int half = Acceptor.PAGE_BYTES / 2;
    for (long slot : List.of(2L, 3L, 5L, 9L)) {
      ear.journal().accept(new Acceptance(slot, EARLIER, batch("x".repeat(half - 100))));
    }
    ear.journal().accept(new Acceptance(6, EARLIER, batch("x".repeat(3 * half))));

    List<List<Long>> pages = new ArrayList<>();
    long from = 1;
    do {
      ear.tell(acceptor, 1, new Message.Prepare(PROMISED, from));
      Message.Promise page = ear.last(Message.Promise.class).orElseThrow();
      assertEquals(from, page.from());
      pages.add(page.accepted().stream().map(Acceptance::slot).toList());
      from = page.next();
    } while (from != 0);

    assertEquals(List.of(List.of(2L, 3L), List.of(5L), List.of(6L), List.of(9L)), pages);
  }

  @Test
  void whatWasAcceptedOutlivesTheRole() {
    Acceptor acceptor = new Acceptor(ear.journal(), Samples.ACCEPTING);
    ear.tell(acceptor, 1, new Message.Accept(EARLIER, SLOT, batch("a"), 0));

    Acceptor next = new Acceptor(ear.journal(), Samples.ACCEPTING);
    ear.tell(next, 2, new Message.Prepare(PROMISED, 1));

    assertEquals(
        List.of(new Acceptance(SLOT, EARLIER, batch("a"))),
        ear.last(Message.Promise.class).orElseThrow().accepted());
  }

  /** Less, the same and more than it knew. */
  @Test
  void theAppliedPrefixOfAPromiseNeverFalls() {
    Acceptor acceptor = new Acceptor(ear.journal(), Samples.ACCEPTING);
    long highest = 0;
    for (long known : List.of(3L, 2L, 3L, 4L)) {
      ear.tell(acceptor, 3, new Message.Known(known));
      ear.tell(acceptor, 1, new Message.Prepare(PROMISED, 1));

      highest = Math.max(highest, known);
      assertEquals(highest, ear.last(Message.Promise.class).orElseThrow().chosen());
    }
  }

  /** An accept of the leader before arrives behind a question of the leader that it knows not. */
  @Test
  void ofSeveralLeadersInATickTheHighestIsHeard() {
    Acceptor acceptor = new Acceptor(ear.journal(), Samples.ACCEPTING);
    ear.tell(acceptor, 1, new Message.Accept(EARLIER, 1, batch("a"), 0));
    ear.tell(acceptor, 2, new Message.Confirm(PROMISED, 1));
    ear.tell(acceptor, 1, new Message.Accept(EARLIER, 2, batch("b"), 0));

    acceptor.tick(10, ear.outbox());

    assertEquals(List.of(new Message.Heard(PROMISED, EARLIER)), ear.only(Message.Heard.class));
  }

  static Stream<Message.ToAcceptor> livelyMessages() {
    return Stream.of(
        new Message.Prepare(PROMISED, 1),
        new Message.Accept(PROMISED, 1, batch("a"), 0),
        new Message.Confirm(PROMISED, 1));
  }

  @ParameterizedTest
  @MethodSource("livelyMessages")
  void tellsTheElectorOnceATickThatALeaderIsAlive(Message.ToAcceptor message) {
    Acceptor acceptor = new Acceptor(ear.journal(), Samples.ACCEPTING);
    ear.tell(acceptor, 2, message);
    ear.tell(acceptor, 2, message);

    acceptor.tick(10, ear.outbox());
    acceptor.tick(20, ear.outbox());

    List<Message.Heard> heard = ear.only(Message.Heard.class);
    assertEquals(PROMISED, heard.get(0).leader());
    assertTrue(heard.stream().skip(1).allMatch(h -> h.leader().equals(Ballot.NONE)));
    assertTrue(heard.size() <= 2);
  }

  @Test
  void aRejectedLeaderIsNotHeard() {
    Acceptor acceptor = given(new Before("empty", 0));
    acceptor.tick(10, ear.outbox());
    ear.all();

    ear.tell(acceptor, 1, new Message.Accept(EARLIER, 1, batch("a"), 0));
    acceptor.tick(20, ear.outbox());

    assertEquals(List.of(), ear.only(Message.Heard.class));
    assertFalse(ear.journal().accepted(1).isPresent());
  }

  /** One for the promise that the disk holds, one for each time a leader is heard. */
  @Test
  void tellsTheElectorOnlyOfNews() {
    ear.journal().promise(PROMISED);
    Acceptor acceptor = new Acceptor(ear.journal(), Samples.ACCEPTING);

    acceptor.tick(10, ear.outbox());
    assertEquals(List.of(new Message.Heard(Ballot.NONE, PROMISED)), ear.only(Message.Heard.class));
    acceptor.tick(20, ear.outbox());
    assertEquals(List.of(), ear.only(Message.Heard.class));
    ear.tell(acceptor, 2, new Message.Confirm(PROMISED, 1));
    acceptor.tick(30, ear.outbox());

    assertEquals(List.of(new Message.Heard(PROMISED, PROMISED)), ear.only(Message.Heard.class));
  }

  @Test
  void tellsItsElectorAtTheStartWhetherItVotes() {
    new Acceptor(ear.journal(), Samples.ACCEPTING).start(0, ear.outbox());

    assertEquals(List.of(new Message.Voting(true)), ear.only(Message.Voting.class));
  }

  /** Below, at and above the truncated prefix, which is chosen and in the state. */
  @Test
  void acceptsInATruncatedSlotWithoutWritingIt() {
    ear.journal().truncate(SLOT);
    Acceptor acceptor = new Acceptor(ear.journal(), Samples.ACCEPTING);

    for (long slot = SLOT - 1; slot <= SLOT + 1; slot++) {
      ear.tell(acceptor, SENDER, new Message.Accept(PROMISED, slot, batch("a"), 0));

      Message accepted = ear.last(Message.Accepted.class).orElseThrow();
      assertEquals(new Message.Accepted(PROMISED, slot), accepted);
      assertEquals(slot > SLOT, ear.journal().accepted(slot).isPresent());
    }
  }
}
