package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static synod.paxos.Ear.ballot;
import static synod.paxos.Ear.batch;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import synod.paxos.ProposerSettings.Sizes;
import synod.paxos.ProposerSettings.Timing;

/** What a proposer says in which order: ballots, slots, the chosen prefix, answers to reads. */
class ProposalsTest {
  private static final int WINDOW = 2;
  private static final ProposerSettings SETTINGS =
      new ProposerSettings(
          Ear.replicas(3), Quorums.majority(3), new Timing(100, 50, 500), new Sizes(WINDOW, 8, 16));
  private static final Ballot OURS = ballot(5, 1);

  private final Ear ear = new Ear(1);
  private final Proposer proposer = new Proposer(ear.journal(), SETTINGS);

  private void lead(long above, long chosen) {
    ear.tell(proposer, 1, new Message.Lead(above, chosen));
  }

  private void promise(int acceptor, Acceptance... accepted) {
    ear.tell(proposer, acceptor, new Message.Promise(OURS, 1, List.of(accepted), 0, 0, 0));
  }

  private void chosen(long... slots) {
    for (long slot : slots) {
      ear.tell(proposer, 1, new Message.SlotChosen(OURS, slot));
    }
  }

  private void submit(String commands) {
    ear.tell(proposer, 3, new Message.Submit(Bytes.utf8(commands)));
  }

  /** It leads at 5.1, its own no-op is in slot 1, the next slot is 2. */
  private void givenALeader() {
    lead(4, 0);
    promise(1);
    promise(2);
    chosen(1);
    ear.all();
  }

  /** The accepts that reached replica 3, as slot and commands. */
  private List<String> proposals() {
    List<String> proposals = new ArrayList<>();
    for (Message message : ear.said(3)) {
      if (message instanceof Message.Accept accept) {
        proposals.add(accept.slot() + " " + accept.batch().commands().utf8());
      }
    }
    return proposals;
  }

  // ---------------------------------------------------------------- ballots

  /** Else a ballot that a power cut forgets is used twice. */
  @Test
  void aBallotIsOnDiskBeforeItsPrepareLeaves() {
    List<Ballot> onDisk = new ArrayList<>();
    Outbox outbox =
        Outbox.writing(
            new Outbox.Owner(
                new ReplicaId(1),
                ear.journal(),
                envelope -> {
                  ear.journal().crash();
                  onDisk.add(ear.journal().ownBallot());
                },
                event -> {}));

    proposer.receive(
        new Envelope<>(new ReplicaId(1), new ReplicaId(1), new Message.Lead(4, 0)), outbox);
    assertEquals(List.of(), onDisk);
    outbox.release();

    assertEquals(List.of(OURS, OURS, OURS), onDisk);
  }

  // ---------------------------------------------------------------- what phase 1 obliges to

  @Test
  void proposesAdoptedBatchesNoOpsInGapsItsOwnNoOpAndOnlyThenCommands() {
    lead(4, 0);
    submit("new");
    promise(1, new Acceptance(1, ballot(1, 2), batch("low")));
    promise(
        2,
        new Acceptance(1, ballot(2, 3), batch("high")),
        new Acceptance(3, ballot(1, 2), batch("third")));
    assertEquals(List.of("1 high", "2 "), proposals());

    chosen(1, 2);
    assertEquals(List.of("3 third", "4 "), proposals());
    chosen(3);
    assertEquals(List.of("5 new"), proposals());
    assertEquals(List.of(), ear.only(Message.Leading.class));

    chosen(5);
    assertEquals(List.of(), ear.only(Message.Leading.class));
    chosen(4);
    assertEquals(List.of(new Message.Leading(OURS)), ear.only(Message.Leading.class));
  }

  /** Own prefix below, at and above the slots that are reported. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3})
  void beginsBehindWhatItsOwnReplicaKnowsToBeChosen(long prefix) {
    lead(4, prefix);
    for (int acceptor = 1; acceptor <= 2; acceptor++) {
      var held = List.of(new Acceptance(2, ballot(1, 2), batch("x")));
      List<Acceptance> page = prefix < 2 ? held : List.of();
      ear.tell(proposer, acceptor, new Message.Promise(OURS, prefix + 1, page, 0, 0, 0));
    }

    List<String> expected =
        prefix == 0
            ? List.of("1 ", "2 x")
            : prefix == 1 ? List.of("2 x", "3 ") : List.of(prefix + 1 + " ");
    assertEquals(expected, proposals());
  }

  @Test
  void asksForThePageThatIsMissingAndAgainWhenItDoesNotCome() {
    lead(4, 0);
    ear.all();
    var held = List.of(new Acceptance(1, ballot(1, 2), batch("x")));
    ear.tell(proposer, 2, new Message.Promise(OURS, 1, held, 2, 0, 0));
    assertEquals(List.of(new Message.Prepare(OURS, 2)), ear.said(2));

    promise(3);
    proposer.tick(50, ear.outbox());

    assertEquals(List.of(new Message.Prepare(OURS, 1)), ear.said(1));
    assertEquals(List.of(new Message.Prepare(OURS, 2)), ear.said(2));
    assertEquals(List.of(), ear.said(3));
  }

  // ---------------------------------------------------------------- the window

  @Test
  void commandsWaitBehindAFullWindowAndComeAsOneBatch() {
    givenALeader();
    for (String commands : List.of("aa", "bb", "cc", "dd", "ee", "fffff")) {
      submit(commands);
    }
    assertEquals(List.of("2 aa", "3 bb"), proposals());

    chosen(3);
    assertEquals(List.of(), proposals());
    chosen(2);
    assertEquals(List.of("4 ccddee"), proposals());
    chosen(4);
    assertEquals(List.of("5 fffff"), proposals());
  }

  @Test
  void aSlotIsOpenedBesideOthersOnlyForAsMuchAsTheLargestOfThemHolds() {
    givenALeader();
    submit("aaaa");
    submit("bb");
    submit("c");
    assertEquals(List.of("2 aaaa"), proposals());

    submit("d");

    assertEquals(List.of("3 bbcd"), proposals());
    submit("e");
    chosen(2);
    assertEquals(List.of(), proposals());
    chosen(3);
    assertEquals(List.of("4 e"), proposals());
  }

  /** Sixteen bytes may wait: one byte less, as many, one more. */
  @ParameterizedTest
  @ValueSource(ints = {7, 8, 9})
  void whoeverComesPastTheBoundIsToldToComeLater(int last) {
    givenALeader();
    submit("a");
    submit("b");
    submit("12345678");
    ear.all();

    submit("x".repeat(last));

    boolean fits = last <= 8;
    assertEquals(fits ? List.of() : List.of(new Message.Busy(OURS)), ear.only(Message.Busy.class));
    chosen(2);
    chosen(3);
    chosen(4);
    assertEquals(fits ? 2 : 1, proposals().size());
  }

  /** Their gateway has sent them to the next leader long ago. */
  @Test
  void commandsThatWaitedWhenItStoodDownAreNotProposedWhenItLeadsAgain() {
    givenALeader();
    submit("a");
    submit("b");
    submit("c");
    ear.tell(proposer, 1, new Message.StepDown(ballot(6, 2)));

    lead(6, 1);
    Ballot next = ballot(7, 1);
    ear.all();
    for (int acceptor = 1; acceptor <= 2; acceptor++) {
      ear.tell(proposer, acceptor, new Message.Promise(next, 2, List.of(), 0, 1, 0));
    }

    assertEquals(List.of("2 "), proposals());
  }

  // ---------------------------------------------------------------- the chosen prefix

  @Test
  void theChosenPrefixRidesOnTheNextAcceptAndGoesAloneToWhoWaitsAtOnceAndToAllWithTheTick() {
    givenALeader();
    submit("a");
    submit("b");
    submit("c");
    ear.all();

    chosen(2);
    List<Envelope<?>> riding = ear.all();
    assertEquals(3, riding.size());
    assertTrue(riding.stream().allMatch(e -> ((Message.Accept) e.message()).chosen() == 2));

    chosen(3);
    Message alone = new Message.Chosen(OURS, 3);
    List<Envelope<?>> atOnce = ear.all();
    assertEquals(List.of(alone), atOnce.stream().map(Envelope::message).toList());
    assertEquals(3, atOnce.get(0).to().number());

    proposer.tick(10, ear.outbox());
    List<Envelope<?>> withTheTick = ear.all();
    assertEquals(List.of(alone), withTheTick.stream().map(Envelope::message).toList());
    assertEquals(2, withTheTick.get(0).to().number());
    proposer.tick(20, ear.outbox());
    assertEquals(List.of(), ear.all());
  }

  @Test
  void aSlotBehindAHoleIsNotAnnounced() {
    givenALeader();
    submit("a");
    submit("b");
    ear.all();

    chosen(3);

    assertEquals(List.of(), ear.all());
  }

  // ---------------------------------------------------------------- reads

  @Test
  void aReadThatCameEarlyIsAnsweredBehindTheOwnNoOp() {
    lead(4, 0);
    ear.tell(proposer, 3, new Message.Read(7));
    promise(1, new Acceptance(1, ballot(1, 2), batch("x")));
    promise(2);
    chosen(1);
    assertEquals(List.of(), ear.only(Message.Confirm.class));

    chosen(2);
    assertEquals(3, ear.only(Message.Confirm.class).size());
    ear.tell(proposer, 2, new Message.Confirmed(OURS, 1, 0));
    ear.tell(proposer, 3, new Message.Confirmed(OURS, 1, 0));

    assertEquals(List.of(new Message.ReadIndex(7, 2)), ear.said(3));
  }

  @Test
  void aRoundOfABallotThatIsGoneAnswersNobody() {
    givenALeader();
    ear.tell(proposer, 3, new Message.Read(7));
    ear.tell(proposer, 2, new Message.Confirmed(OURS, 1, 0));
    ear.tell(proposer, 1, new Message.StepDown(ballot(6, 2)));

    ear.tell(proposer, 3, new Message.Confirmed(OURS, 1, 0));
    assertEquals(List.of(), ear.only(Message.ReadIndex.class));

    lead(6, 1);
    ear.tell(proposer, 1, new Message.Confirmed(OURS, 1, 0));
    assertEquals(List.of(), ear.only(Message.ReadIndex.class));
  }

  /** Another may have led in between: what was the last slot then may be too low by now. */
  @Test
  void theNextBallotAnswersNoReadsOfTheOneBefore() {
    givenALeader();
    ear.tell(proposer, 3, new Message.Read(7));
    lead(6, 1);
    Ballot next = ballot(7, 1);
    for (int acceptor = 1; acceptor <= 2; acceptor++) {
      ear.tell(proposer, acceptor, new Message.Promise(next, 2, List.of(), 0, 1, 0));
    }
    ear.tell(proposer, 1, new Message.SlotChosen(next, 2));
    ear.all();

    proposer.tick(50, ear.outbox());
    for (int acceptor = 1; acceptor <= 2; acceptor++) {
      ear.tell(proposer, acceptor, new Message.Confirmed(next, 1, 0));
    }

    assertEquals(List.of(), ear.only(Message.ReadIndex.class));
  }

  @Test
  void pastItsBoundOfReadsAGatewayIsToldToComeLater() {
    lead(4, 0);
    for (int read = 1; read <= ReadRounds.MOST_WAITING; read++) {
      ear.tell(proposer, 3, new Message.Read(read));
    }
    assertEquals(List.of(), ear.only(Message.Busy.class));

    ear.tell(proposer, 3, new Message.Read(0));

    assertEquals(List.of(new Message.Busy(OURS)), ear.only(Message.Busy.class));
  }

  @Test
  void anUnansweredRoundIsAskedAgainUnderItsNumber() {
    givenALeader();
    ear.tell(proposer, 3, new Message.Read(7));
    ear.all();

    proposer.tick(49, ear.outbox());
    assertEquals(List.of(), ear.only(Message.Confirm.class));
    proposer.tick(50, ear.outbox());

    Message again = new Message.Confirm(OURS, 1);
    assertEquals(List.of(again, again, again), ear.only(Message.Confirm.class));
  }
}
