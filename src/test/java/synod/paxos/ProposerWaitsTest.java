package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static synod.paxos.Ear.ballot;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import synod.memory.MemoryJournal;
import synod.paxos.ProposerSettings.Sizes;
import synod.paxos.ProposerSettings.Timing;

/** A proposer that was asked to lead, and may not propose yet. */
class ProposerWaitsTest {
  private static final ProposerSettings SETTINGS =
      new ProposerSettings(
          Ear.replicas(3), Quorums.majority(3), new Timing(100, 50, 500), new Sizes(2, 8, 16));
  private static final Ballot OURS = ballot(5, 1);

  // ---------------------------------------------------------------- for its disk

  private final Ear returning =
      new Ear(1, new MemoryJournal(new Life(11, 6), Standing.of(Standing.Kind.RETURNING)));

  private Proposer givenADiskThatMayNotAnswer() {
    Proposer proposer = new Proposer(returning.journal(), SETTINGS);
    proposer.tick(1_000, returning.outbox());
    returning.tell(proposer, 1, new Message.Lead(4, 7));
    return proposer;
  }

  @Test
  void makesNoBallotUntilItsDiskMayAnswerAndThenLeads() {
    Proposer proposer = givenADiskThatMayNotAnswer();
    proposer.tick(1_010, returning.outbox());
    List<Envelope<?>> early = returning.all();

    returning.journal().stand(Standing.of(Standing.Kind.VOTING));
    proposer.tick(1_020, returning.outbox());

    Message prepare = new Message.Prepare(OURS, 8);
    assertEquals(List.of(), early);
    assertEquals(List.of(prepare, prepare, prepare), returning.only(Message.Prepare.class));
  }

  /** However often it is asked meanwhile: another replica may be able to lead. */
  @Test
  void leavesTheLeadToOthersIfItsDiskMayNotAnswerInTime() {
    Proposer proposer = givenADiskThatMayNotAnswer();
    for (long now = 1_010; now < 1_500; now += 10) {
      proposer.tick(now, returning.outbox());
      returning.tell(proposer, 1, new Message.Lead(4, 7));
    }
    List<Envelope<?>> early = returning.all();

    proposer.tick(1_500, returning.outbox());

    assertEquals(List.of(), early);
    assertEquals(
        List.of(new Message.StoodDown(OURS, Ballot.NONE)), returning.only(Message.StoodDown.class));
  }

  // ---------------------------------------------------------------- for slots that are truncated

  private final Ear ear = new Ear(1);
  private final Proposer proposer = new Proposer(ear.journal(), SETTINGS);

  private void promises(long chosen, long truncated) {
    ear.tell(proposer, 1, new Message.Promise(OURS, 3, List.of(), 0, chosen, 0));
    ear.tell(proposer, 2, new Message.Promise(OURS, 3, List.of(), 0, 0, truncated));
  }

  /** Phase 1 asked from slot 3 on: truncated elsewhere are the slots before it, it, it and more. */
  @ParameterizedTest
  @ValueSource(longs = {2, 3, 4})
  void proposesNothingWhereAnAcceptorCanTellNothingAnyMore(long truncated) {
    ear.tell(proposer, 1, new Message.Lead(4, 2));
    ear.all();

    promises(2, truncated);

    boolean waits = truncated >= 3;
    List<Message> said = ear.said(1);
    Message news = new Message.Chosen(Ballot.NONE, truncated);
    assertEquals(waits, said.contains(news));
    assertEquals(!waits, said.stream().anyMatch(Message.Accept.class::isInstance));
  }

  @Test
  void doesPhase1AgainAndProposesBehindWhatItsLearnerHasGotMeanwhile() {
    ear.tell(proposer, 1, new Message.Lead(4, 2));
    promises(2, 4);
    ear.all();

    proposer.tick(50, ear.outbox());
    assertEquals(List.of(new Message.Prepare(OURS, 3)), ear.said(2));
    promises(4, 4);

    List<Message.Accept> accepts = ear.only(Message.Accept.class);
    assertEquals(5, accepts.get(0).slot());
    assertTrue(accepts.get(0).batch().noOp());
  }
}
