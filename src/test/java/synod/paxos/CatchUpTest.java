package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static synod.paxos.Ear.ballot;
import static synod.paxos.Ear.batch;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A learner that missed something, and the peer that it asks. */
class CatchUpTest {
  private static final Ballot LEADER = ballot(2, 2);
  private static final LearnerSettings SETTINGS =
      new LearnerSettings(Ear.replicas(3), Quorums.majority(3), 4, 100, LearnerSettings.Retain.ALL);

  private final Ear ear = new Ear(1);
  private final RecordingMachine machine = new RecordingMachine((slot, batch) -> {});
  private final Learner learner = new Learner(ear.journal(), machine, SETTINGS);

  private static List<Batch> batches(String... commands) {
    return List.of(commands).stream().map(Ear::batch).toList();
  }

  private void given(String... applied) {
    ear.tell(learner, 2, new Message.Learned(1, batches(applied), applied.length));
    ear.all();
  }

  private void hold(long slot, Ballot ballot, String commands) {
    ear.journal().accept(new Acceptance(slot, ballot, batch(commands)));
    ear.tell(learner, 1, new Message.Journaled(ballot, slot, batch(commands), 0));
  }

  // ---------------------------------------------------------------- the prefix

  /**
   * The announced prefix ends below, at and above each of three slots; the middle one was accepted
   * at the leader's ballot, at a lower or a higher one, or not at all. Of a leader below the
   * highest heard of nothing is believed any more: its successor says it again.
   */
  @ParameterizedTest
  @CsvSource({
    "0, same, 0", "1, same, 1", "2, same, 2", "3, same, 3", "4, same, 3",
    "0, lower, 0", "1, lower, 1", "2, lower, 1", "3, lower, 1", "4, lower, 1",
    "0, higher, 0", "1, higher, 0", "2, higher, 0", "3, higher, 0", "4, higher, 0",
    "0, none, 0", "1, none, 1", "2, none, 1", "3, none, 1", "4, none, 1"
  })
  void appliesThePrefixUpToTheFirstSlotThatItProvesNothingAbout(
      long prefix, String middle, long applied) {
    hold(1, LEADER, "a");
    hold(3, LEADER, "c");
    if (!middle.equals("none")) {
      long round = middle.equals("same") ? 2 : middle.equals("lower") ? 1 : 3;
      hold(2, ballot(round, 2), "b");
    }

    ear.tell(learner, 2, new Message.Chosen(LEADER, prefix));
    ear.tell(learner, 2, new Message.Chosen(LEADER, prefix));

    assertEquals(applied, machine.applied());
  }

  /** Counted once per acceptor: the own disk and a doubled answer of one other are two of five. */
  @Test
  void aDoubledAnswerIsNoQuorum() {
    LearnerSettings five =
        new LearnerSettings(
            Ear.replicas(5), Quorums.majority(5), 4, 100, LearnerSettings.Retain.ALL);
    Learner leader = new Learner(ear.journal(), machine, five);
    Ballot own = ballot(2, 1);
    ear.tell(leader, 1, new Message.Journaled(own, 1, batch("a"), 0));
    for (int acceptor : List.of(1, 2, 2, 1, 2)) {
      ear.tell(leader, acceptor, new Message.Accepted(own, 1));
    }
    assertEquals(0, machine.applied());
    assertEquals(List.of(), ear.only(Message.SlotChosen.class));

    ear.tell(leader, 4, new Message.Accepted(own, 1));

    assertEquals(1, machine.applied());
    assertEquals(List.of(new Message.SlotChosen(own, 1)), ear.only(Message.SlotChosen.class));
  }

  // ---------------------------------------------------------------- what a peer tells

  /** From below, at, and beyond the next slot; what is known already and what leaves a hole. */
  @ParameterizedTest
  @CsvSource({"1, 3", "2, 4", "3, 5", "4, 2", "5, 2"})
  void takesOfAPieceWhatComesNext(long from, long applied) {
    given("a", "b");

    ear.tell(learner, 2, new Message.Learned(from, batches("x", "y", "z"), 0));

    assertEquals(applied, machine.applied());
    assertEquals(batches("a", "b"), machine.batches().subList(0, 2));
  }

  @Test
  void keepsABatchThatWasFetchedAndNoneThatTheJournalHolds() {
    given("a");
    hold(2, LEADER, "b");
    ear.tell(learner, 2, new Message.Chosen(LEADER, 2));

    assertEquals(2, machine.applied());
    assertTrue(machine.kept(1).isPresent());
    assertFalse(machine.kept(2).isPresent());
  }

  /** After each piece it asks the same peer for the next, until nothing is missing. */
  @Test
  void fetchesPieceByPiece() {
    ear.tell(learner, 3, new Message.Learned(1, batches("a", "b"), 5));
    assertEquals(List.of(new Message.Fetch(3)), ear.said(3));
    ear.tell(learner, 3, new Message.Learned(1, batches("a", "b"), 5));
    assertEquals(List.of(), ear.said(3));

    ear.tell(learner, 3, new Message.Learned(3, batches("c", "d"), 5));
    assertEquals(List.of(new Message.Fetch(5)), ear.said(3));
    ear.tell(learner, 3, new Message.Learned(5, batches("e"), 5));
    assertEquals(List.of(), ear.said(3));
    assertEquals(5, machine.applied());
  }

  /** What was held behind the hole follows at once when the hole is filled. */
  @Test
  void goesOnWithWhatItHoldsOnceTheHoleIsFilled() {
    hold(2, LEADER, "b");
    hold(3, LEADER, "c");
    ear.tell(learner, 2, new Message.Chosen(LEADER, 3));
    assertEquals(0, machine.applied());

    ear.tell(learner, 2, new Message.Learned(1, batches("a"), 3));

    assertEquals(batches("a", "b", "c"), machine.batches());
  }

  // ---------------------------------------------------------------- what it tells a peer

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aPieceIsBoundedButHasAtLeastOneBatch(int pieces) {
    String large = "x".repeat(Learner.PIECE_BYTES / pieces);
    given(large, large, large, large);

    List<Batch> served = new ArrayList<>();
    while (served.size() < 4) {
      ear.tell(learner, 3, new Message.Fetch(served.size() + 1L));
      Message.Learned piece = ear.last(Message.Learned.class).orElseThrow();
      assertEquals(Math.min(pieces, 4 - served.size()), piece.batches().size());
      served.addAll(piece.batches());
    }

    assertEquals(batches(large, large, large, large), served);
  }

  /** The own acceptor once accepted another batch where this one was chosen and fetched. */
  @Test
  void servesWhatWasAppliedAndNotWhatItsAcceptorHolds() {
    hold(1, ballot(1, 1), "stale");
    given("chosen");

    ear.tell(learner, 3, new Message.Fetch(1));

    assertEquals(List.of(new Message.Learned(1, batches("chosen"), 1)), ear.said(3));
  }

  @Test
  void tellsItsElectorAndItsAcceptorHowFarItHasGot() {
    learner.start(0, ear.outbox());
    assertEquals(
        List.of(new Message.Progress(0, false), new Message.Known(0), new Message.Durable(0)),
        ear.all().stream().map(Envelope::message).toList());

    given("a");
    learner.tick(10, ear.outbox());

    assertEquals(
        List.of(new Message.Progress(1, false), new Message.Known(1), new Message.Durable(0)),
        ear.all().stream().map(Envelope::message).toList());
  }

  @Test
  void asksNobodyWhenItIsAlone() {
    LearnerSettings one =
        new LearnerSettings(
            Ear.replicas(1), Quorums.majority(1), 4, 100, LearnerSettings.Retain.ALL);
    Learner alone = new Learner(ear.journal(), machine, one);
    ear.tell(alone, 1, new Message.Chosen(LEADER, 3));

    alone.tick(100, ear.outbox());
    alone.tick(200, ear.outbox());

    assertEquals(List.of(), ear.only(Message.Fetch.class));
  }

  /** Whoever had what was missing has what follows; but it may have died since. */
  @Test
  void asksTheOneThatHelpedForAWhileAndThenTheOthersInTurn() {
    learner.start(1_000, ear.outbox());
    ear.tell(learner, 3, new Message.Learned(1, batches("a", "b"), 5));
    learner.tick(1_010, ear.outbox());
    ear.all();

    List<Integer> asked = new ArrayList<>();
    for (long now : List.of(1_020L, 1_099L, 1_100L, 1_110L)) {
      learner.tick(now, ear.outbox());
      ear.all().stream()
          .filter(envelope -> envelope.message() instanceof Message.Fetch)
          .forEach(envelope -> asked.add(envelope.to().number()));
    }

    assertEquals(List.of(3, 3, 2, 3), asked);
  }

  @Test
  void aPieceEndsWhereItsBytesReachTheBound() {
    String exactly = "x".repeat(Learner.PIECE_BYTES - batch("").size());
    given(exactly, "a");

    ear.tell(learner, 3, new Message.Fetch(1));

    assertEquals(1, ear.last(Message.Learned.class).orElseThrow().batches().size());
  }
}
