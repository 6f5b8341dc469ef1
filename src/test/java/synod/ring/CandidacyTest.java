package synod.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import synod.paxos.Ballot;
import synod.paxos.Message;

/** A replica was announced as the winner, and its proposer was asked to lead: until when? */
class CandidacyTest extends OneElector {

  /** In round 4: its proposer makes a ballot of round 4 or more. */
  private void givenACandidate() {
    receive(ONE, coordinator(4, SELF));
    assertEquals("electing", elector.state());
    said.clear();
  }

  /** Whether a proposer that lives anew is asked to lead. */
  private boolean stands() {
    said.clear();
    receive(new Message.ProposerStarted());
    return !said(Message.Lead.class).isEmpty();
  }

  @Test
  void endsWithTheStartOfAToken() {
    givenACandidate();

    receive(new Message.Elect());

    assertFalse(stands());
  }

  @Test
  void endsWhenTheProposerStandsDown() {
    givenACandidate();

    receive(new Message.StoodDown(OURS, Ballot.NONE));

    assertFalse(stands());
  }

  @Test
  void endsWhenAnotherLeadsAboveIt() {
    givenACandidate();

    hear(THEIRS);

    assertFalse(stands());
    assertEquals("following", elector.state());
  }

  @Test
  void outlivesTheLeaderThatItIsAgainst() {
    givenACandidate();

    hear(new Ballot(3, ONE));

    assertTrue(stands());
  }

  @Test
  void outlivesTheEndOfAnEarlierBallotOfItsOwn() {
    givenACandidate();

    receive(new Message.StoodDown(new Ballot(2, SELF), Ballot.NONE));

    assertEquals("electing", elector.state());
    assertTrue(entryFor(5).eligible());
  }

  /** The round before: it led at that ballot before the ring was closed. */
  @Test
  void anEarlierBallotOfItsOwnIsNotTheCandidacys() {
    givenACandidate();

    hear(new Ballot(3, SELF));

    assertEquals(Optional.of(SELF), elector.leader());
  }

  /** One that is behind stands only as long as elections keep failing. */
  @Test
  void failuresAreForgivenWhenItLeadsAndNotWhenItsPrepareIsHeard() {
    run(0, 4_000);
    receive(new Message.Progress(5, true));
    assertTrue(entryFor(100).eligible());

    receive(ONE, coordinator(200, SELF));
    hear(new Ballot(200, SELF));
    assertTrue(entryFor(300).eligible());

    receive(new Message.Leading(new Ballot(200, SELF)));
    assertFalse(entryFor(300).eligible());
  }

  @Test
  void aBallotBelowTheLeadersDoesNotBreakTheSilence() {
    hear(THEIRS);
    run(0, 300);

    receive(new Message.Leading(OURS));

    assertTrue(entryFor(9).suspects());
  }

  @Test
  void whoWasOutbidWaitsForTheOtherLongerThanForASilentLeader() {
    givenACandidate();
    run(0, 400);

    receive(new Message.StoodDown(OURS, THEIRS));
    run(410, 400 + 500 + 250 - 10);

    assertEquals(0, said(Message.Token.class).size());
  }

  /** Its disk may hang, and with it its proposer, which can't even say that it does not lead. */
  @Test
  void oneWhoseProposerSaysNothingInTimeIsNotEligibleUntilItDoes() {
    givenACandidate();

    run(10, 10);
    assertTrue(entryFor(5).eligible());

    run(20, 1_000);
    assertFalse(entryFor(6).eligible());

    receive(new Message.Leading(new Ballot(6, SELF)));
    assertTrue(entryFor(7).eligible());
  }

  @Test
  void oneThatIsAskedAgainHasNoMoreTimeThanBefore() {
    givenACandidate();
    run(0, 1_000);

    receive(ONE, coordinator(6, SELF));

    assertFalse(entryFor(7).eligible());
  }

  @Test
  void oneWhosePrepareIsHeardIsNotIgnored() {
    givenACandidate();

    hear(new Ballot(5, SELF));
    run(0, 1_000);

    assertTrue(entryFor(6).eligible());
  }

  /** What it was asked for may be lost, and then nobody might be eligible. */
  @Test
  void anIgnoredOneIsTriedAgainAfterAWhile() {
    givenACandidate();
    run(0, 9_990);
    assertFalse(entryFor(1_000).eligible());

    run(10_000, 10_000);

    assertTrue(entryFor(1_000).eligible());
  }
}
