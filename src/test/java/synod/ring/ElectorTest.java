package synod.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import synod.paxos.Ballot;
import synod.paxos.Event;
import synod.paxos.Message;
import synod.paxos.ReplicaId;

/** One elector, of replica 2 of three, and what it says. */
class ElectorTest extends OneElector {
  @Test
  void takesItsOwnReplicaForTheLeaderAtFirstAndTellsTheGatewayNothing() {
    run(0, 490);

    assertEquals(Optional.of(SELF), elector.leader());
    assertEquals("starting", elector.state());
    assertEquals(List.of(), said(Message.Leader.class));
    assertEquals(List.of(), said(Message.Lead.class));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void startsATokenAfterOneToTwoSuspectTimeoutsAndAboveItsPromise(long seed) {
    started(new Ballot(9, ONE), seed);

    run(0, 490);
    assertEquals(List.of(), said(Message.Token.class));

    run(500, 1_000);
    assertEquals(10, said(Message.Token.class).get(0).round());
    assertEquals(List.of(new Message.Leader(Ballot.NONE)), said(Message.Leader.class));
  }

  @Test
  void tellsTheGatewayOfEachLeaderOnce() {
    hear(THEIRS);
    hear(THEIRS);

    assertEquals(List.of(new Message.Leader(THEIRS)), said(Message.Leader.class));
    assertEquals(List.of(new Message.StepDown(THEIRS)), said(Message.StepDown.class));
    assertEquals("following", elector.state());
  }

  /** Behind 1, which follows 3 in the ring. */
  @Test
  void aLeaderWhoseProcessIsGoneIsSuspectedAtOnceAndReplacedInTurn() {
    hear(THEIRS);
    pong(0);

    receive(new Message.Gone(THREE));

    assertTrue(entryFor(1).suspects());
    assertEquals(List.of(ONE, SELF), entryFor(1).reach());
    run(0, 90);
    assertEquals(List.of(), said(Message.Token.class));
    run(100, 110);
    assertEquals(6, said(Message.Token.class).get(0).round());
  }

  @Test
  void thatAnotherIsGoneIsNoReasonToElect() {
    hear(THEIRS);

    pong(0);

    receive(new Message.Gone(ONE));
    assertFalse(entryFor(1).suspects());
    assertEquals(List.of(SELF, THREE), entryFor(1).reach());

    run(0, 490);
    assertEquals(List.of(), said(Message.Token.class));
    assertEquals("following", elector.state());
  }

  @Test
  void doesNotListenToABallotBelowTheLeaders() {
    hear(THEIRS);

    hear(OURS);
    receive(new Message.Leading(OURS));
    receive(new Message.StoodDown(OURS, Ballot.NONE));

    assertEquals(Optional.of(THREE), elector.leader());
    assertEquals(THEIRS, elector.leaderBallot());
  }

  @Test
  void theOwnBallotLeadsWhenItsNoOpIsChosenNotWhenItsPrepareIsHeard() {
    receive(ONE, coordinator(4, SELF));
    assertEquals(List.of(new Message.Lead(3, 0)), said(Message.Lead.class));

    hear(OURS);
    assertEquals("electing", elector.state());
    assertEquals(List.of(), said(Message.Leader.class));

    receive(new Message.Leading(OURS));
    assertEquals("leading", elector.state());
    assertEquals(List.of(new Message.Leader(OURS)), said(Message.Leader.class));
  }

  @Test
  void theOldLeaderMayBeHeardWhileTheOwnProposerStandsAgainstIt() {
    hear(new Ballot(3, ONE));
    receive(ONE, coordinator(4, SELF));

    hear(new Ballot(3, ONE));
    hear(OURS);

    assertEquals(Optional.of(ONE), elector.leader());
  }

  @Test
  void aProposerThatLivesAnewLeadsAgainIfItsReplicaLed() {
    hear(OURS);
    receive(new Message.Progress(70, false));

    receive(new Message.ProposerStarted());

    assertEquals(List.of(new Message.Lead(4, 70)), said(Message.Lead.class));
    assertEquals("leading", elector.state());
  }

  @Test
  void aProposerThatLivesAnewGoesOnWithItsCandidacy() {
    receive(ONE, coordinator(4, SELF));

    receive(new Message.ProposerStarted());

    assertEquals(2, said(Message.Lead.class).size());
  }

  @Test
  void aFollowersProposerThatLivesAnewStaysQuiet() {
    hear(THEIRS);

    receive(new Message.ProposerStarted());

    assertEquals(List.of(), said(Message.Lead.class));
    assertEquals(
        List.of(new Message.Leader(THEIRS), new Message.Leader(THEIRS)),
        said(Message.Leader.class));
  }

  @Test
  void aLeaderThatStoodDownLeadsNobodyAndIsNotEligibleForOneRound() {
    hear(OURS);

    receive(new Message.StoodDown(OURS, Ballot.NONE));
    hear(OURS);

    assertEquals(Optional.empty(), elector.leader());
    assertEquals(new Message.Leader(Ballot.NONE), said(Message.Leader.class).get(1));
    assertTrue(entryFor(5).suspects());
    assertFalse(entryFor(5).eligible());
    assertTrue(entryFor(6).eligible());
  }

  @Test
  void oneThatWasOutbidWaitsForTheOtherAndStaysEligible() {
    receive(ONE, coordinator(4, SELF));

    receive(new Message.StoodDown(OURS, THEIRS));
    run(0, 490);

    assertEquals(List.of(), said(Message.Token.class));
    assertTrue(entryFor(6).eligible());
  }

  @Test
  void anAnnouncementWithoutKnowledgeOfAHigherPromiseIsOld() {
    receive(new Message.Heard(Ballot.NONE, THEIRS));

    receive(ONE, coordinator(9, SELF));

    assertEquals(List.of(), said(Message.Lead.class));
  }

  @Test
  void anAnnouncementIsHeardOnceAndNoOlderOneAfterIt() {
    receive(ONE, coordinator(4, SELF));
    receive(ONE, coordinator(4, SELF));
    receive(ONE, coordinator(3, SELF));

    assertEquals(1, said(Message.Lead.class).size());
  }

  @Test
  void anAnnouncementGivesTheWinnerItsTime() {
    receive(ONE, coordinator(4, THREE));

    run(0, 490);

    assertEquals(List.of(), said(Message.Token.class));
    assertEquals(List.of(), said(Message.Leader.class));
  }

  @Test
  void acknowledgesEveryTokenEvenOneThatItDrops() {
    receive(ONE, token(7, ONE));
    receive(ONE, token(7, ONE));
    receive(ONE, token(6, ONE));

    assertEquals(3, said(Message.TokenAck.class).size());
    assertEquals(1, said(Message.Token.class).size());
  }

  @Test
  void tellsOneWhoseRoundIsLongPastHowFarRoundsAre() {
    receive(ONE, token(70, ONE));

    receive(THREE, token(6, THREE));

    assertEquals(70, said(Message.Suspicion.class).get(0).round());
  }

  @Test
  void startsAboveTheRoundThatItIsToldOf() {
    runUntilToken();
    said.clear();

    receive(ONE, new Message.Suspicion(70, entry(ONE, true)));
    run(now + 10, now + 10);

    assertEquals(71, said(Message.Token.class).get(0).round());
  }

  @Test
  void whoHearsTheLeaderSaysSoInAToken() {
    hear(THEIRS);

    receive(ONE, token(7, ONE));

    assertEquals(List.of(true, false), suspicions(said(Message.Token.class).get(0)));
  }

  @Test
  void everyoneSuspectsInATokenThatAPersonAskedFor() {
    hear(THEIRS);

    receive(ONE, new Message.Token(7, ONE, List.of(entry(ONE, true)), true));

    assertEquals(List.of(true, true), suspicions(said(Message.Token.class).get(0)));
  }

  @Test
  void answersAPingAndCountsOnlyAnswersAsReach() {
    receive(ONE, new Message.Ping(3));
    receive(THREE, new Message.Pong(0));

    assertEquals(List.of(new Message.Pong(3)), said(Message.Pong.class));
    assertEquals(List.of(SELF, THREE), elector.reach(0));
    assertEquals(List.of(SELF), elector.reach(500));
  }

  @Test
  void aPongFromTheFutureProvesNoMoreThanOneOfNow() {
    receive(THREE, new Message.Pong(1_000_000));

    assertEquals(List.of(SELF), elector.reach(500));
  }

  @Test
  void strangersAreNotHeard() {
    receive(new ReplicaId(8), token(7, ONE));
    receive(new ReplicaId(8), new Message.Ping(3));

    assertEquals(List.of(), said);
  }

  @Test
  void anElectionReadsAsAStoryOfAFewLines() {
    runUntilToken();
    Message.Token sent = said(Message.Token.class).get(0);
    receive(THREE, Tokens.append(Tokens.append(sent, entry(THREE, true)), entry(ONE, true)));
    hear(new Ballot(1, THREE));

    assertEquals(
        List.of(
            "Suspected",
            "LeaderChanged",
            "TokenStarted",
            "TokenForwarded",
            "RingClosed",
            "Elected",
            "LeaderChanged"),
        events.stream()
            .filter(event -> !(event instanceof Event.ReachChanged))
            .map(event -> event.getClass().getSimpleName())
            .toList());
  }

  /** A new message that nobody handles would fall through in silence. */
  @Test
  void noMessageToAnElectorFallsThrough() {
    List<Class<?>> handled =
        List.of(
            Message.Heard.class,
            Message.Voting.class,
            Message.Progress.class,
            Message.ProposerStarted.class,
            Message.Leading.class,
            Message.StoodDown.class,
            Message.Gone.class,
            Message.Ping.class,
            Message.Pong.class,
            Message.Token.class,
            Message.TokenAck.class,
            Message.Coordinator.class,
            Message.AskSuspicion.class,
            Message.Suspicion.class,
            Message.Elect.class);

    assertEquals(handled, Stream.of(Message.ToElector.class.getPermittedSubclasses()).toList());
  }
}
