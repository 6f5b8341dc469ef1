package synod.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import synod.paxos.Ballot;
import synod.paxos.Envelope;
import synod.paxos.Message;
import synod.paxos.ReplicaId;
import synod.paxos.Reply;

class GatewayTest extends OneGateway {
  @Test
  void commandsWaitUntilALeaderIsKnown() {
    put("a");
    put("b");
    assertEquals(List.of(), sent());

    leader(LEADER);

    assertEquals(List.of("1 submit [1, 2]"), sent());
  }

  @Test
  void aCommandIsAnsweredWhenItIsAppliedHere() {
    leader(LEADER);
    put("a");
    assertEquals(List.of(), outcomes);

    applied(7, 1);

    assertEquals(List.of(new Outcome.Done(new Answer.Done())), outcomes);
  }

  @Test
  void aReplyThatComesTwiceIsOneOutcome() {
    leader(LEADER);
    put("a");

    applied(7, 1);
    applied(8, 1);

    assertEquals(1, outcomes.size());
  }

  @Test
  void repliesOfOtherSessionsAreNobodysHere() {
    leader(LEADER);
    put("a");

    receive(new Message.Applied(7, List.of(new Reply(SESSION + 1, 1, Answers.DONE))));

    assertEquals(List.of(), outcomes);
  }

  @Test
  void aNewLeaderGetsAllThatIsUnanswered() {
    leader(LEADER);
    put("a");
    put("b");
    applied(1, 1);
    sent();

    leader(new Ballot(4, new ReplicaId(5)));

    assertEquals(List.of("5 submit [2]"), sent());
  }

  @Test
  void theSameReplicaAtAHigherBallotGetsAllAgain() {
    leader(LEADER);
    put("a");
    sent();

    leader(LEADER.next(LEADER.replica()));

    assertEquals(List.of("1 submit [1]"), sent());
  }

  @Test
  void whatIsUnansweredIsSentAgainAndLessAndLessOften() {
    leader(LEADER);
    put("a");
    sent();

    List<Long> at = new ArrayList<>();
    for (long now = 0; now < GIVE_UP; now += 25) {
      tick(now);
      if (!sent().isEmpty()) {
        at.add(now);
      }
    }

    assertEquals(List.of(500L, 1_500L, 3_500L, 7_500L), at);
  }

  @Test
  void itAsksAgainSoonAfterWhoeverItAskedDoesNotLead() {
    leader(LEADER);
    put("a");
    sent();

    receive(new Message.NotLeading(LEADER));
    tick(25);

    assertEquals(List.of("1 submit [1]"), sent());
  }

  @Test
  void commandsGoInPiecesAndInOrder() {
    leader(LEADER);
    for (int i = 0; i < 5; i++) {
      gateway.write(command("x".repeat(60)), outcomes::add);
    }

    gateway.flush(out);
    out.release();

    assertEquals(List.of("1 submit [1, 2]", "1 submit [3, 4]", "1 submit [5]"), sent());
  }

  @Test
  void whatIsSentAgainGoesOnePieceAtATimeUntilAnswersCome() {
    leader(LEADER);
    for (int i = 0; i < 10; i++) {
      put("x".repeat(110));
    }
    sent();

    leader(LEADER.next(LEADER.replica()));
    assertEquals(List.of("1 submit [1]"), sent());
    applied(1, 1);
    assertEquals(List.of("1 submit [2]", "1 submit [3]"), sent());
    applied(2, 2);
    assertEquals(List.of("1 submit [4]", "1 submit [5]"), sent());

    leader(new Ballot(9, LEADER.replica()));
    assertEquals(List.of("1 submit [3]"), sent());
  }

  @Test
  void whatIsNewWaitsBehindWhatIsSentAgain() {
    leader(LEADER);
    put("x".repeat(110));
    put("x".repeat(110));
    leader(LEADER.next(LEADER.replica()));
    sent();

    put("c");
    assertEquals(List.of(), sent());
    applied(1, 1);
    assertEquals(List.of("1 submit [2, 3]"), sent());
  }

  @Test
  void pastTheBoundAClientIsToldToComeLaterAndNothingIsLost() {
    leader(LEADER);
    put("x".repeat(1_100));
    put("y");

    assertEquals(1, outcomes.size());
    Outcome.NotDone busy = assertInstanceOf(Outcome.NotDone.class, outcomes.get(0));
    assertTrue(busy.why().startsWith("BUSY "), busy.why());

    applied(1, 1);
    put("z");
    applied(2, 2);
    assertEquals(3, outcomes.size());
    assertInstanceOf(Outcome.Done.class, outcomes.get(2));
  }

  @Test
  void whatWasSentAndNotAnsweredIsUnknown() {
    leader(LEADER);
    put("a");

    tick(GIVE_UP - 1);
    assertEquals(List.of(), outcomes);
    tick(GIVE_UP);

    Outcome.Unknown unknown = assertInstanceOf(Outcome.Unknown.class, outcomes.get(0));
    assertEquals(SESSION, unknown.session());
    assertEquals(1, unknown.number());
  }

  @Test
  void whatWasNeverSentIsNotDone() {
    put("a");

    tick(GIVE_UP);
    leader(LEADER);

    assertInstanceOf(Outcome.NotDone.class, outcomes.get(0));
    assertEquals(List.of(), sent());
    put("b");
    assertEquals(List.of("1 submit [1]"), sent(), "no number is left out");
  }

  /** The answer to the command itself may be the only one of the two that others ever see kept. */
  @Test
  void whatIsUnknownIsGivenUpUnderTheSameNumberUntilTheLogKeepsWhatBecameOfIt() {
    leader(LEADER);
    put("a");
    sent();

    tick(GIVE_UP);
    Numbered resent = Commands.decode(((Message.Submit) sent.get(0).message()).commands()).get(0);
    assertEquals(1, resent.ticket().number());
    assertEquals(new Command.InSession(new SessionRequest.GiveUp(LIMITS)), resent.command());
    applied(1, 1);
    sent();
    tick(2 * GIVE_UP);
    assertEquals(List.of("1 submit [1]"), sent());

    receive(new Message.Applied(2, List.of(reply(1, new SessionAnswer.Held()))));
    tick(3 * GIVE_UP);

    assertEquals(List.of(), sent());
    assertEquals(1, outcomes.size());
  }

  @Test
  void whatSomebodyElseGaveUpIsNotDone() {
    leader(LEADER);
    put("a");

    SessionAnswer givenUp = new SessionAnswer.Refusal(SessionAnswer.Reason.GIVEN_UP);
    receive(new Message.Applied(1, List.of(reply(1, givenUp))));

    assertInstanceOf(Outcome.NotDone.class, outcomes.get(0));
  }

  @Test
  void aReadIsAnsweredOnceItsSlotIsAppliedHere() {
    leader(LEADER);
    read();
    read();
    assertEquals(List.of("1 read 1", "1 read 2"), sent());

    receive(index(1, 5));
    applied(4);
    assertEquals(List.of(), outcomes);
    applied(5);
    assertEquals(List.of(new Outcome.Done(new Answer.Amount(42))), outcomes);
    receive(index(2, 5));

    assertEquals(2, outcomes.size());
  }

  @Test
  void anIndexThatComesTwiceIsOneOutcome() {
    leader(LEADER);
    read();

    receive(index(1, 0));
    receive(index(1, 0));

    assertEquals(1, outcomes.size());
  }

  /** The answer to a process that died may come to the one that was started after it. */
  @Test
  void anAnswerToAnEarlierLifeAnswersNoReadOfThisOne() {
    Gateway next =
        new Gateway(
            new GatewaySettings(
                new SessionId(SELF, 2).value(),
                200,
                1_000,
                new GatewaySettings.Timing(RETRY, GIVE_UP),
                LIMITS),
            query -> new Answer.Amount(42));
    next.start(0, out);
    next.receive(new Envelope<>(SELF, SELF, new Message.Leader(LEADER)), out);
    next.read(new Query.Count(), outcomes::add);
    next.flush(out);

    next.receive(new Envelope<>(SELF, SELF, index(1, 0)), out);

    assertEquals(List.of(), outcomes);
  }

  @Test
  void aReadOfANewLeadersTimeIsAskedAnew() {
    leader(LEADER);
    read();
    sent();

    leader(new Ballot(4, new ReplicaId(5)));

    assertEquals(List.of("5 read 2"), sent());
    receive(index(1, 0));
    assertEquals(List.of(), outcomes, "the old leader's answer may be too early a slot");
  }

  @Test
  void aReadThatTheLeaderDoesNotAnswerTakesASlot() {
    leader(LEADER);
    read();
    sent();

    tick(RETRY);
    assertEquals(List.of("1 submit [1]"), sent());
    applied(9, 1);

    assertEquals(List.of(new Outcome.Done(new Answer.Amount(42))), outcomes);
  }

  @Test
  void atTheEndWhoeverWaitsHearsWhatIsKnownAndNobodyTwice() {
    leader(LEADER);
    put("a");
    read();
    gateway.write(command("b"), outcomes::add);

    gateway.end();
    gateway.end();

    assertEquals(3, outcomes.size());
    assertEquals(1, assertInstanceOf(Outcome.Unknown.class, outcomes.get(0)).number());
    assertEquals(List.of(Gateway.ENDED, Gateway.ENDED), outcomes.subList(1, 3));
  }

  @Test
  void aReadThatIsGivenUpIsNotDone() {
    read();

    tick(GIVE_UP);

    assertEquals(1, outcomes.size());
    assertInstanceOf(Outcome.NotDone.class, outcomes.get(0));
    assertEquals(Optional.empty(), outcomes.stream().skip(1).findFirst());
  }
}
