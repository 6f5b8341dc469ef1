package synod.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import synod.paxos.Ballot;
import synod.paxos.Event;
import synod.paxos.Message;
import synod.paxos.Message.TokenEntry;
import synod.paxos.ReplicaId;

/** What an elector takes from what it hears: how far rounds are, whom it reaches, who is there. */
class ElectorLearnsTest extends OneElector {
  private static final Ballot HIGH = new Ballot(9, ONE);

  private static TokenEntry hears(ReplicaId replica, Ballot leader) {
    return new TokenEntry(replica, false, leader, 0, true, ALL);
  }

  /** It has come round, and came to nothing: all hear a leader. */
  private static Message.Token closed(long round) {
    List<TokenEntry> path =
        List.of(hears(ONE, HIGH), hears(SELF, Ballot.NONE), hears(THREE, Ballot.NONE));
    return new Message.Token(round, ONE, path, false);
  }

  static List<Message.ToElector> newsOfHighBallots() {
    Ballot own = new Ballot(9, SELF);
    return List.of(
        new Message.Heard(Ballot.NONE, HIGH),
        new Message.Heard(HIGH, Ballot.NONE),
        new Message.Leading(own),
        new Message.StoodDown(own, Ballot.NONE),
        new Message.StoodDown(OURS, HIGH),
        new Message.Coordinator(4, ONE, THREE, List.of(entryAt(HIGH))),
        closed(7));
  }

  @ParameterizedTest
  @MethodSource("newsOfHighBallots")
  void startsItsTokenAboveEveryBallotThatItHasHeardOf(Message.ToElector news) {
    receive(ONE, news);

    run(0, 3_000);

    assertEquals(10, said(Message.Token.class).get(0).round());
  }

  @Test
  void theWinnerLeadsAboveAllThatItsPathHasPromised() {
    receive(ONE, new Message.Coordinator(4, ONE, SELF, List.of(entryAt(HIGH))));

    assertEquals(List.of(new Message.Lead(9, 0)), said(Message.Lead.class));
  }

  /** The life before this one has forwarded it. */
  @Test
  void closesATokenOnceThoughItHasForgottenIt() {
    receive(THREE, closed(7));
    receive(THREE, closed(7));

    assertEquals(1, events(Event.RingClosed.class).size());
  }

  @Test
  void anAnnouncementShowsThatOthersAreThereAndMakesNoLeader() {
    receive(ONE, coordinator(4, THREE));

    assertEquals(Optional.empty(), elector.leader());
    assertEquals("suspecting", elector.state());
  }

  @Test
  void isNotEligibleWhileItsDiskMayNotAnswer() {
    receive(new Message.Voting(false));
    assertFalse(entryFor(5).eligible());

    receive(new Message.Voting(true));
    assertTrue(entryFor(5).eligible());
  }

  @Test
  void whoeverAcknowledgesATokenOrAnswersAQuestionIsReached() {
    receive(ONE, new Message.TokenAck(7, ONE, 1));
    receive(THREE, new Message.Suspicion(0, entry(THREE, true)));

    assertEquals(ALL, elector.reach(0));
  }

  @Test
  void tellsWhomItReachesWhenThatChanges() {
    run(0, 20);
    receive(THREE, new Message.Pong(20));
    run(30, 600);

    assertEquals(
        List.of(
            new Event.ReachChanged(List.of(SELF, THREE)), new Event.ReachChanged(List.of(SELF))),
        events(Event.ReachChanged.class));
  }
}
