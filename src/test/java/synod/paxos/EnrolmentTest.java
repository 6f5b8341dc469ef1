package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static synod.paxos.Ear.ballot;
import static synod.paxos.Ear.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import synod.memory.MemoryJournal;
import synod.paxos.Standing.Kind;

/**
 * An acceptor says nothing that binds it before its disk is known to be the newest of its replica.
 */
class EnrolmentTest {
  private static final AcceptorSettings FIVE =
      new AcceptorSettings(Ear.replicas(5), Quorums.majority(5), 100);
  private static final Life NEW = new Life(77, 1);
  private static final Life OLD = new Life(11, 6);
  private static final Ballot LEADER = ballot(4, 2);

  private Ear ear = new Ear(1);
  private Acceptor acceptor = new Acceptor(ear.journal(), FIVE);
  private long now;

  private void given(Life life, Kind kind) {
    given(new MemoryJournal(life, Standing.of(kind)));
  }

  private void given(MemoryJournal journal) {
    ear = new Ear(1, journal);
    born();
  }

  private void born() {
    acceptor = new Acceptor(ear.journal(), FIVE);
    acceptor.start(now, ear.outbox());
  }

  private void pass(long ms) {
    now += ms;
    acceptor.tick(now, ear.outbox());
  }

  /** From a directory that has had no life before. */
  private static Message.Hello hello(Life life, Kind as) {
    return new Message.Hello(Lineage.of(life), as);
  }

  private void met(int from, Kind as, boolean trusted) {
    ear.tell(acceptor, from, new Message.Met(ear.journal().life(), as, trusted));
  }

  private void bounds(int from, Ballot highest, long slot, boolean voting) {
    Life life = ear.journal().life();
    ear.tell(acceptor, from, new Message.Bounds(life, highest, slot, voting));
  }

  private Kind standing() {
    return ear.journal().standing().kind();
  }

  private boolean promises() {
    ear.all();
    ear.tell(acceptor, 2, new Message.Prepare(ballot(900, 2), 1));
    return !ear.only(Message.Promise.class).isEmpty();
  }

  // ---------------------------------------------------------------- new disks

  @Test
  void aNewDiskAsksAllAndSaysNothingMeanwhile() {
    given(NEW, Kind.FRESH);

    List<Message.Hello> asked = ear.only(Message.Hello.class);
    ear.tell(acceptor, 2, new Message.Accept(LEADER, 1, batch("a"), 0));
    ear.tell(acceptor, 2, new Message.Confirm(LEADER, 1));

    assertEquals(4, asked.size());
    assertEquals(hello(NEW, Kind.FRESH), asked.get(0));
    assertEquals(List.of(), ear.said(2));
    assertEquals(Optional.empty(), ear.journal().accepted(1));
  }

  @Test
  void aNewDiskVotesAtOnceWhenNobodyHasMetItAndEnoughRememberItNow() {
    given(NEW, Kind.FRESH);

    for (int other = 2; other <= 5; other++) {
      met(other, Kind.FRESH, true);
    }
    Kind trusted = standing();
    ear.all();
    pass(1);
    List<Message.Hello> asked = ear.only(Message.Hello.class);
    met(2, Kind.RETURNING, true);
    Kind after = standing();
    met(3, Kind.RETURNING, true);

    assertEquals(Kind.RETURNING, trusted);
    assertEquals(hello(NEW, Kind.RETURNING), asked.get(0));
    assertEquals(Kind.RETURNING, after);
    assertEquals(Kind.VOTING, standing());
    assertTrue(promises());
  }

  @Test
  void aNewDiskWaitsForTheFourthForAWhileAndDoesWithoutItThen() {
    given(NEW, Kind.FRESH);

    met(2, Kind.FRESH, true);
    met(3, Kind.FRESH, true);
    met(4, Kind.FRESH, true);
    pass(200);
    Kind early = standing();
    pass(200);

    assertEquals(Kind.FRESH, early);
    assertEquals(Kind.RETURNING, standing());
  }

  @Test
  void aNewDiskNeverVotesOnTheWordOfTwo() {
    given(NEW, Kind.FRESH);

    met(2, Kind.FRESH, true);
    met(2, Kind.FRESH, true);
    met(3, Kind.FRESH, true);
    pass(10_000);

    assertEquals(Kind.FRESH, standing());
    assertFalse(promises());
  }

  @Test
  void aDiskThatWasWipedIsRecognisedByOneWhoMetTheOneBefore() {
    given(NEW, Kind.FRESH);

    met(2, Kind.FRESH, true);
    met(3, Kind.FRESH, false);
    met(4, Kind.FRESH, true);
    met(5, Kind.FRESH, true);
    pass(10_000);

    assertEquals(Kind.QUARANTINED, standing());
    assertFalse(promises());
  }

  @Test
  void whatWasSaidToAnotherLifeCountsForNothing() {
    given(NEW, Kind.FRESH);

    for (int other = 2; other <= 5; other++) {
      ear.tell(acceptor, other, new Message.Met(new Life(78, 1), Kind.FRESH, true));
      ear.tell(acceptor, other, new Message.Met(new Life(77, 2), Kind.FRESH, true));
      met(other, Kind.RETURNING, true);
    }

    assertEquals(Kind.FRESH, standing());
  }

  @Test
  void aLoneReplicaNeedsNobody() {
    ear = new Ear(1, new MemoryJournal(NEW, Standing.of(Kind.FRESH)));
    AcceptorSettings alone = new AcceptorSettings(Ear.replicas(1), Quorums.majority(1), 100);
    acceptor = new Acceptor(ear.journal(), alone);
    acceptor.start(0, ear.outbox());
    pass(100);

    assertEquals(Kind.VOTING, standing());
    assertTrue(promises());
  }

  /** Time does not begin at 0. */
  @Test
  void asksAgainWhenItsTimeIsOverAndNotBefore() {
    now = 1_000;
    given(NEW, Kind.FRESH);
    ear.all();

    pass(99);
    List<Message.Hello> early = ear.only(Message.Hello.class);
    pass(1);

    assertEquals(List.of(), early);
    assertEquals(4, ear.only(Message.Hello.class).size());
  }

  @Test
  void doesWithoutTheFourthAtItsFourthQuestion() {
    given(NEW, Kind.FRESH);
    for (int other = 2; other <= 4; other++) {
      met(other, Kind.FRESH, true);
    }

    pass(100);
    pass(100);
    Kind third = standing();
    pass(100);

    assertEquals(Kind.FRESH, third);
    assertEquals(Kind.RETURNING, standing());
  }

  // ---------------------------------------------------------------- disks that return

  @Test
  void aDiskThatReturnsVotesWhenTwoOthersKnowOfNoLaterLife() {
    given(OLD, Kind.RETURNING);

    met(2, Kind.RETURNING, true);
    Kind one = standing();
    met(4, Kind.RETURNING, true);

    assertEquals(Kind.RETURNING, one);
    assertEquals(Kind.VOTING, standing());
  }

  @Test
  void thePrepareThatCameTooEarlyIsAnsweredThen() {
    given(OLD, Kind.RETURNING);
    ear.tell(acceptor, 2, new Message.Prepare(LEADER, 1));
    boolean early = !ear.only(Message.Promise.class).isEmpty();

    met(2, Kind.RETURNING, true);
    met(4, Kind.RETURNING, true);

    assertFalse(early);
    assertEquals(1, ear.only(Message.Promise.class).size());
  }

  @Test
  void itsElectorHearsThenThatItVotes() {
    given(OLD, Kind.RETURNING);
    assertEquals(List.of(new Message.Voting(false)), ear.only(Message.Voting.class));

    met(2, Kind.RETURNING, true);
    met(4, Kind.RETURNING, true);

    assertEquals(List.of(new Message.Voting(true)), ear.only(Message.Voting.class));
  }

  @Test
  void aLoneReplicaThatReturnsVotesAtOnce() {
    ear = new Ear(1, new MemoryJournal(OLD, Standing.of(Kind.RETURNING)));
    AcceptorSettings alone = new AcceptorSettings(Ear.replicas(1), Quorums.majority(1), 100);
    acceptor = new Acceptor(ear.journal(), alone);

    acceptor.start(0, ear.outbox());

    assertTrue(promises());
  }

  @Test
  void anOldDiskThatWasPutBackIsRecognised() {
    given(OLD, Kind.RETURNING);

    met(2, Kind.RETURNING, false);
    met(3, Kind.RETURNING, true);
    met(4, Kind.RETURNING, true);

    assertEquals(Kind.QUARANTINED, standing());
    assertFalse(promises());
  }

  @Test
  void aCrashOfTheRoleCostsNoNewQuestion() {
    given(OLD, Kind.RETURNING);
    met(2, Kind.RETURNING, true);
    met(4, Kind.RETURNING, true);

    born();

    assertTrue(promises());
  }

  @Test
  void whoVotesGoesOnTellingThoseWhoDoNotKnow() {
    given(OLD, Kind.RETURNING);
    met(2, Kind.RETURNING, true);
    met(4, Kind.RETURNING, true);
    ear.all();

    pass(100);

    Message hello = hello(OLD, Kind.RETURNING);
    assertEquals(List.of(hello), helloes(3));
    assertEquals(List.of(), helloes(2));
  }

  private List<Message> helloes(int to) {
    return ear.said(to).stream().filter(Message.Hello.class::isInstance).toList();
  }

  @Test
  void aDiskThatLostSomeOfItsJournalVotesAgainWhenItsStateHasAllThatItMayHaveAccepted() {
    given(new MemoryJournal(OLD, Standing.repairing(ballot(100, 9), 50)));

    met(2, Kind.REPAIRING, true);
    met(4, Kind.REPAIRING, true);
    Kind early = standing();
    ear.tell(acceptor, 1, new Message.Durable(50));
    pass(100);
    met(2, Kind.REPAIRING, true);
    met(4, Kind.REPAIRING, true);

    assertEquals(Kind.REPAIRING, early);
    assertEquals(Kind.VOTING, standing());
    assertEquals(ballot(100, 9), ear.journal().promised());
    assertEquals(50, ear.journal().truncated());
  }

  @Test
  void anOldDiskThatWasPutBackAndHasLostSomethingIsRecognisedAllTheSame() {
    given(new MemoryJournal(OLD, Standing.repairing(ballot(100, 9), 50)));
    ear.tell(acceptor, 1, new Message.Durable(50));
    pass(100);

    met(2, Kind.REPAIRING, false);

    assertEquals(Kind.QUARANTINED, standing());
  }

  // ---------------------------------------------------------------- answering

  @Test
  void remembersALifeBeforeItSaysSo() {
    ear.tell(acceptor, 3, hello(OLD, Kind.RETURNING));
    boolean before = ear.journal().syncs() > 0;

    List<Message> said = ear.said(3);

    assertFalse(before);
    assertTrue(ear.journal().syncs() > 0);
    assertTrue(said.contains(new Message.Met(OLD, Kind.RETURNING, true)), said::toString);
    assertEquals(Optional.of(OLD), ear.journal().met(new ReplicaId(3)));
  }

  /** Who asks: its directory has had these lives, of which it tells 4, 6 and 7. */
  private static final Lineage ASKING = new Lineage(List.of(4L, 6L, 7L), new Life(11, 9));

  /** What was met before, and what one who asks as something is told; {@code *}: it is met now. */
  @Test
  void trustsALifeThatFollowsTheOneItHasMetAndNoOther() {
    List<String> verdicts = new ArrayList<>();
    for (Kind as : List.of(Kind.FRESH, Kind.RETURNING, Kind.REPAIRING, Kind.READMITTING)) {
      StringBuilder line = new StringBuilder(as + ":");
      line.append(" nobody ").append(verdict(Optional.empty(), as));
      for (long incarnation = 2; incarnation <= 10; incarnation++) {
        Life met = new Life(11, incarnation);
        line.append(", ").append(incarnation).append(' ').append(verdict(Optional.of(met), as));
      }
      for (long incarnation : new long[] {2, 6, 9}) {
        line.append(", other ").append(verdict(Optional.of(new Life(12, incarnation)), as));
      }
      verdicts.add(line.toString());
    }

    String old =
        ": nobody yes*, 2 yes*, 3 yes*, 4 yes*, 5 no, 6 yes*, 7 yes*, 8 no, 9 yes, 10 no,"
            + " other no, other no, other no";
    assertEquals(
        List.of(
            "FRESH: nobody yes, 2 no, 3 no, 4 no, 5 no, 6 no, 7 no, 8 no, 9 no, 10 no,"
                + " other no, other no, other no",
            "RETURNING" + old,
            "REPAIRING" + old,
            "READMITTING" + old),
        verdicts);
  }

  private String verdict(Optional<Life> met, Kind as) {
    given(new MemoryJournal());
    met.ifPresent(life -> ear.journal().meet(new ReplicaId(3), life));
    ear.tell(acceptor, 3, new Message.Hello(ASKING, as));
    boolean trusted = ear.last(Message.Met.class).orElseThrow().trusted();
    Optional<Life> now = ear.journal().met(new ReplicaId(3));
    String changed = now.equals(met) ? "" : "*";
    assertTrue(now.equals(met) || now.equals(Optional.of(ASKING.life())), now::toString);
    return (trusted ? "yes" : "no") + changed;
  }

  /** What a life that never asks for this is told, whatever was met. */
  @Test
  void nobodyIsTrustedAsAVoterOrInQuarantine() {
    for (Kind as : List.of(Kind.VOTING, Kind.QUARANTINED)) {
      assertEquals("no", verdict(Optional.empty(), as));
      assertEquals("no", verdict(Optional.of(new Life(11, 7)), as));
    }
  }

  @Test
  void aNewDiskIsNotRememberedUntilItMayHaveVoted() {
    ear.tell(acceptor, 3, hello(NEW, Kind.FRESH));

    assertTrue(ear.last(Message.Met.class).orElseThrow().trusted());
    assertEquals(Optional.empty(), ear.journal().met(new ReplicaId(3)));
  }

  @Test
  void tellsItsOwnLifeToOneWhoMayHaveForgottenIt() {
    ear.tell(acceptor, 3, hello(NEW, Kind.FRESH));

    assertTrue(ear.said(3).contains(hello(ear.journal().life(), Kind.RETURNING)));
  }

  /** Met before or not, and trusted or not: only who is older than one that was met is named. */
  @Test
  void namesWhoIsDistrustedAndTheLaterLifeThatWasMet() {
    Life older = new Life(11, 5);
    ear.tell(acceptor, 3, hello(NEW, Kind.FRESH));
    ear.tell(acceptor, 3, hello(OLD, Kind.RETURNING));
    ear.tell(acceptor, 4, hello(OLD, Kind.QUARANTINED));
    ear.tell(acceptor, 3, hello(older, Kind.RETURNING));

    ear.all();
    List<Event> distrusted =
        ear.events().stream().filter(Event.Distrusted.class::isInstance).toList();
    assertEquals(List.of(new Event.Distrusted(new ReplicaId(3), older, OLD)), distrusted);
  }

  @Test
  void boundsAreTheHighestOfPromiseAndOwnBallotAndTheHighestSlot() {
    ear.journal().promise(ballot(3, 5));
    ear.journal().makeBallot(ballot(4, 1));
    ear.journal().accept(new Acceptance(9, ballot(3, 5), batch("a")));

    ear.tell(acceptor, 3, new Message.AskBounds(NEW, NEW));

    assertEquals(
        List.of(new Message.Bounds(NEW, ballot(4, 1), 9, true)), ear.only(Message.Bounds.class));
  }

  /** What was met, what the question names, and what is answered: a question may come late. */
  @Test
  void whoeverIsToldBoundsIsMetInPlaceOfTheLifeThatItNames() {
    List<String> answers = new ArrayList<>();
    for (Optional<Life> met : List.of(Optional.<Life>empty(), Optional.of(OLD), Optional.of(NEW))) {
      for (Life named : List.of(OLD, NEW, new Life(11, 5))) {
        given(new MemoryJournal());
        met.ifPresent(life -> ear.journal().meet(new ReplicaId(3), life));
        ear.tell(acceptor, 3, new Message.AskBounds(NEW, named));
        List<Message> said = ear.said(3);
        Optional<Life> now = ear.journal().met(new ReplicaId(3));
        String answer = said.get(said.size() - 1).getClass().getSimpleName();
        answers.add(name(met) + " " + name(Optional.of(named)) + ": " + answer + " " + name(now));
      }
    }

    assertEquals(
        List.of(
            "none old: Bounds new",
            "none new: Bounds new",
            "none older: Bounds new",
            "old old: Bounds new",
            "old new: HasMet old",
            "old older: HasMet old",
            "new old: Bounds new",
            "new new: Bounds new",
            "new older: Bounds new"),
        answers);
  }

  private static String name(Optional<Life> life) {
    return life.map(known -> known.equals(OLD) ? "old" : known.equals(NEW) ? "new" : "older")
        .orElse("none");
  }

  @Test
  void whoeverIsToldBoundsIsOnTheDiskBefore() {
    ear.all();
    int before = ear.journal().syncs();
    ear.tell(acceptor, 3, new Message.AskBounds(NEW, NEW));

    ear.only(Message.Bounds.class);

    assertEquals(before + 1, ear.journal().syncs());
  }

  // ---------------------------------------------------------------- readmission

  private void readmitted(long durable) {
    given(NEW, Kind.QUARANTINED);
    ear.tell(acceptor, 1, new Message.Readmit());
    pass(100);
    bounds(2, ballot(7, 3), 40, true);
    bounds(3, ballot(8, 4), 41, true);
    bounds(4, ballot(5, 2), 42, true);
    bounds(5, ballot(0, 0), 0, false);
    ear.tell(acceptor, 1, new Message.Durable(durable));
    ear.tell(acceptor, 1, new Message.Known(durable));
  }

  @Test
  void aQuarantineDoesNotEndByItself() {
    given(NEW, Kind.QUARANTINED);

    pass(10_000);

    assertEquals(List.of(), ear.only(Message.AskBounds.class));
    assertEquals(Kind.QUARANTINED, standing());
  }

  @Test
  void readmissionTakesTheHighestBoundsOfAllOthers() {
    readmitted(0);

    assertEquals(
        Standing.readmitting(ballot(8, 4), 42 + ProposerSettings.MOST_OPEN),
        ear.journal().standing());
  }

  @Test
  void asksAllForTheirBoundsAgainAndAgainAndNamesWhoIsMissingWhenThatChanges() {
    given(NEW, Kind.QUARANTINED);
    ear.tell(acceptor, 1, new Message.Readmit());
    ear.all();

    pass(100);
    pass(100);
    bounds(2, LEADER, 1, true);
    bounds(4, LEADER, 1, true);
    pass(100);

    assertEquals(12, ear.only(Message.AskBounds.class).size());
    assertEquals(
        List.of(
            new Event.AwaitsBounds(List.of(2, 3, 4, 5).stream().map(ReplicaId::new).toList()),
            new Event.AwaitsBounds(List.of(3, 5).stream().map(ReplicaId::new).toList())),
        ear.events().stream().filter(Event.AwaitsBounds.class::isInstance).toList());
  }

  /** What was told long ago is not the most that an earlier life can have said by now. */
  @Test
  void whoIsToldToReadmitOnceMoreAsksEveryoneAnew() {
    given(NEW, Kind.QUARANTINED);
    ear.tell(acceptor, 1, new Message.Readmit());
    for (int other = 2; other <= 4; other++) {
      bounds(other, LEADER, 1, true);
    }

    ear.tell(acceptor, 1, new Message.Readmit());
    bounds(5, LEADER, 1, true);

    assertEquals(Kind.QUARANTINED, standing());
  }

  @Test
  void readmissionNeedsEveryOther() {
    given(NEW, Kind.QUARANTINED);
    ear.tell(acceptor, 1, new Message.Readmit());

    bounds(2, ballot(7, 3), 40, true);
    bounds(3, ballot(8, 4), 41, true);
    bounds(4, ballot(5, 2), 42, true);
    pass(10_000);

    assertEquals(Kind.QUARANTINED, standing());
  }

  @Test
  void readmissionNeedsEnoughOthersThatVote() {
    given(NEW, Kind.QUARANTINED);
    ear.tell(acceptor, 1, new Message.Readmit());

    bounds(2, ballot(7, 3), 40, true);
    bounds(3, ballot(8, 4), 41, true);
    bounds(4, ballot(5, 2), 42, false);
    bounds(5, ballot(5, 2), 42, false);
    Kind two = standing();
    bounds(4, ballot(5, 2), 42, true);

    assertEquals(Kind.QUARANTINED, two);
    assertEquals(Kind.READMITTING, standing());
  }

  @Test
  void whoAsksForBoundsNamesTheLifeThatTheOtherHasMet() {
    given(NEW, Kind.QUARANTINED);
    ear.tell(acceptor, 1, new Message.Readmit());
    pass(100);
    List<Message> first = ear.said(2);

    ear.tell(acceptor, 2, new Message.HasMet(NEW, OLD));
    List<Message> second = ear.said(2);
    pass(100);

    assertEquals(List.of(new Message.AskBounds(NEW, NEW)), first);
    assertEquals(List.of(new Message.AskBounds(NEW, OLD)), second);
    assertEquals(List.of(new Message.AskBounds(NEW, OLD)), ear.said(2));
    assertTrue(ear.said(3).contains(new Message.AskBounds(NEW, NEW)));
  }

  @Test
  void whatWasMetIsOfNoMatterToOneWhoAskedForNoBounds() {
    given(NEW, Kind.QUARANTINED);
    ear.tell(acceptor, 2, new Message.HasMet(NEW, OLD));
    List<Message> unasked = ear.said(2);
    ear.tell(acceptor, 1, new Message.Readmit());
    ear.tell(acceptor, 2, new Message.HasMet(OLD, OLD));

    assertEquals(List.of(), unasked);
    assertEquals(List.of(), ear.said(2));
  }

  /** Bounds that were told to a life that was readmitted already, and then forgotten with it. */
  @Test
  void anOldDiskThatWasToBeReadmittedIsRecognised() {
    readmitted(42 + ProposerSettings.MOST_OPEN);
    pass(100);

    met(2, Kind.READMITTING, false);

    assertEquals(Kind.QUARANTINED, standing());
  }

  @Test
  void nobodyIsReadmittedUnasked() {
    given(NEW, Kind.QUARANTINED);

    for (int other = 2; other <= 5; other++) {
      bounds(other, LEADER, 1, true);
    }

    assertEquals(Kind.QUARANTINED, standing());
  }

  @Test
  void votesOnlyWhenItsStateHoldsAllThatItMayHaveAccepted() {
    readmitted(42 + ProposerSettings.MOST_OPEN - 1);
    pass(100);
    met(2, Kind.READMITTING, true);
    met(3, Kind.READMITTING, true);
    Kind early = standing();

    ear.tell(acceptor, 1, new Message.Durable(42 + ProposerSettings.MOST_OPEN));
    pass(100);
    met(2, Kind.READMITTING, true);
    met(3, Kind.READMITTING, true);

    assertEquals(Kind.READMITTING, early);
    assertEquals(Kind.VOTING, standing());
    assertEquals(ballot(8, 4), ear.journal().promised());
    assertEquals(42 + ProposerSettings.MOST_OPEN, ear.journal().truncated());
  }

  @Test
  void aReadmittedAcceptorRejectsWhatItMayHavePromisedNotToAccept() {
    readmitted(42 + ProposerSettings.MOST_OPEN);
    pass(100);
    met(2, Kind.READMITTING, true);
    met(3, Kind.READMITTING, true);
    ear.all();

    ear.tell(acceptor, 2, new Message.Accept(ballot(7, 3), 500, batch("a"), 0));

    assertEquals(
        List.of(new Message.Rejected(ballot(7, 3), ballot(8, 4))),
        ear.only(Message.Rejected.class));
  }

  @Test
  void asksTheLeaderForSlotsWhileItWaitsForThem() {
    readmitted(10);
    ear.tell(acceptor, 2, new Message.Accept(LEADER, 11, batch("a"), 10));
    ear.all();

    pass(25);

    assertTrue(ear.said(2).contains(new Message.Submit(Bytes.EMPTY)));
  }

  @Test
  void asksForNoMoreSlotsOnceItHasThemAll() {
    readmitted(10);
    ear.tell(acceptor, 1, new Message.Known(42 + ProposerSettings.MOST_OPEN));
    ear.tell(acceptor, 2, new Message.Accept(LEADER, 200, batch("a"), 199));
    ear.all();

    pass(25);

    assertEquals(List.of(), ear.only(Message.Submit.class));
  }

  @Test
  void whoMayNotAnswerStillTellsItsLearnerAndItsElectorOfTheLeader() {
    given(NEW, Kind.QUARANTINED);
    ear.all();

    ear.tell(acceptor, 2, new Message.Accept(LEADER, 11, batch("a"), 10));
    pass(25);

    List<Message> said = ear.said(1);
    assertTrue(said.contains(new Message.Chosen(LEADER, 10)), said::toString);
    assertTrue(said.contains(new Message.Voting(false)), said::toString);
    assertTrue(said.contains(new Message.Heard(LEADER, Ballot.NONE)), said::toString);
  }
}
