package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static synod.paxos.Ear.ballot;
import static synod.paxos.Ear.batch;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import synod.paxos.ProposerSettings.Sizes;
import synod.paxos.ProposerSettings.Timing;

class ProposerTest {
  private static final ProposerSettings SETTINGS =
      new ProposerSettings(
          Ear.replicas(3), Quorums.majority(3), new Timing(100, 50, 500), new Sizes(2, 8, 16));

  private final Ear ear = new Ear(1);
  private Proposer proposer = new Proposer(ear.journal(), SETTINGS);

  /** How far a leadership has got. */
  enum Stage {
    IDLE,
    PREPARING,
    RECOVERING,
    LEADING
  }

  private Ballot given(Stage stage) {
    if (stage != Stage.IDLE) {
      lead(0);
    }
    Ballot ballot = ear.journal().ownBallot();
    if (stage == Stage.RECOVERING || stage == Stage.LEADING) {
      promise(1, ballot);
      promise(2, ballot);
    }
    if (stage == Stage.LEADING) {
      ear.tell(proposer, 1, new Message.SlotChosen(ballot, 1));
    }
    ear.all();
    return ballot;
  }

  private void lead(long above) {
    ear.tell(proposer, 1, new Message.Lead(above, 0));
  }

  private void promise(int acceptor, Ballot ballot) {
    ear.tell(proposer, acceptor, new Message.Promise(ballot, 1, List.of(), 0, 0, 0));
  }

  private void aReadComesWhileASlotIsOpen() {
    submit("a");
    ear.tell(proposer, 3, new Message.Read(1));
  }

  private void submit(String commands) {
    ear.tell(proposer, 3, new Message.Submit(Bytes.utf8(commands)));
  }

  // ---------------------------------------------------------------- ballots

  @Test
  void neverReusesABallotInAnotherLife() {
    Ballot last = Ballot.NONE;
    for (int life = 0; life < 5; life++) {
      proposer = new Proposer(ear.journal(), SETTINGS);
      lead(0);
      Ballot made = ear.last(Message.Prepare.class).orElseThrow().ballot();
      assertTrue(made.isAbove(last));
      assertEquals(made, ear.journal().ownBallot());
      last = made;
    }
  }

  @Test
  void makesABallotAboveAllThatItKnows() {
    ear.journal().promise(ballot(7, 2));
    proposer = new Proposer(ear.journal(), SETTINGS);
    lead(3);
    assertEquals(ballot(8, 1), ear.journal().ownBallot());

    ear.tell(proposer, 2, new Message.Rejected(ballot(8, 1), ballot(20, 3)));
    lead(3);
    assertEquals(ballot(21, 1), ear.journal().ownBallot());

    lead(30);
    assertEquals(ballot(31, 1), ear.journal().ownBallot());
  }

  /** The round asked for is below, at, or above that of the ballot at hand. */
  @ParameterizedTest
  @EnumSource(Stage.class)
  void makesAnotherBallotOnlyIfTheOneAtHandIsTooLow(Stage stage) {
    Ballot ballot = given(stage);
    for (long above = ballot.round() - 1; above <= ballot.round() + 1; above++) {
      Ballot before = ear.journal().ownBallot();
      lead(Math.max(0, above));
      boolean satisfied = stage != Stage.IDLE && before.round() > above;
      if (stage != Stage.IDLE) {
        assertEquals(satisfied, ear.journal().ownBallot().equals(before));
      }
      assertTrue(ear.journal().ownBallot().round() > above);
    }
  }

  // ---------------------------------------------------------------- the end of a leadership

  /** Of the own ballot in any stage it ends it; of an earlier one it is only remembered. */
  @ParameterizedTest
  @EnumSource(Stage.class)
  void standsDownWhenItsOwnBallotIsRejected(Stage stage) {
    Ballot ballot = given(stage);

    ear.tell(proposer, 2, new Message.Rejected(ballot(0, 1), ballot(9, 2)));
    assertEquals(List.of(), ear.only(Message.StoodDown.class));

    ear.tell(proposer, 2, new Message.Rejected(ballot, ballot(10, 2)));
    ear.tell(proposer, 2, new Message.Rejected(ballot, ballot(10, 2)));
    List<Message.StoodDown> stood = ear.only(Message.StoodDown.class);
    assertEquals(
        stage == Stage.IDLE ? List.of() : List.of(new Message.StoodDown(ballot, ballot(10, 2))),
        stood);
    submit("a");
    assertEquals(List.of(new Message.NotLeading(ballot(10, 2))), ear.said(3));
  }

  /** Whoever leads is below, at, or above the ballot at hand. */
  @ParameterizedTest
  @EnumSource(Stage.class)
  void stepsDownForAHigherLeaderOnly(Stage stage) {
    Ballot ballot = given(stage);
    boolean idle = stage == Stage.IDLE;

    ear.tell(proposer, 1, new Message.StepDown(Ballot.NONE));
    ear.tell(proposer, 1, new Message.StepDown(ballot));
    ear.tell(proposer, 3, new Message.Read(1));
    assertEquals(idle, ear.last(Message.NotLeading.class).isPresent());

    ear.tell(proposer, 1, new Message.StepDown(ballot(ballot.round(), 2)));
    ear.tell(proposer, 3, new Message.Read(2));
    assertEquals(
        List.of(new Message.NotLeading(ballot(ballot.round(), 2))),
        ear.only(Message.NotLeading.class));
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void standsDownWhenNothingIsChosenInTime(Stage stage) {
    Ballot ballot = given(stage);
    submit("a");

    for (long now = 10; now <= 490; now += 10) {
      proposer.tick(now, ear.outbox());
    }
    assertEquals(List.of(), ear.only(Message.StoodDown.class));
    proposer.tick(500, ear.outbox());
    assertEquals(
        stage == Stage.IDLE ? List.of() : List.of(new Message.StoodDown(ballot, Ballot.NONE)),
        ear.only(Message.StoodDown.class));
  }

  // ---------------------------------------------------------------- proposing

  @ParameterizedTest
  @EnumSource(Stage.class)
  void proposesCommandsBehindItsOwnNoOpOnly(Stage stage) {
    Ballot ballot = given(stage);

    submit("a");

    boolean open = stage == Stage.RECOVERING || stage == Stage.LEADING;
    List<Message.Accept> accepts = ear.only(Message.Accept.class);
    assertEquals(open ? 3 : 0, accepts.size());
    if (open) {
      assertEquals(2, accepts.get(0).slot());
      assertEquals(batch("a"), accepts.get(0).batch());
    }
    if (stage == Stage.PREPARING) {
      promise(1, ballot);
      promise(2, ballot);
      List<Message.Accept> later = ear.only(Message.Accept.class);
      assertTrue(later.get(0).batch().noOp());
      assertEquals(batch("a"), later.get(3).batch());
    }
  }

  /** SlotChosen at another ballot, of a slot not proposed, twice. */
  @Test
  void countsNothingChosenButItsOwnProposals() {
    Ballot ballot = given(Stage.RECOVERING);

    ear.tell(proposer, 1, new Message.SlotChosen(ballot(ballot.round(), 2), 1));
    ear.tell(proposer, 1, new Message.SlotChosen(ballot, 2));
    assertEquals(List.of(), ear.all());

    ear.tell(proposer, 1, new Message.SlotChosen(ballot, 1));
    assertEquals(List.of(new Message.Leading(ballot)), ear.only(Message.Leading.class));
    ear.tell(proposer, 1, new Message.SlotChosen(ballot, 1));
    assertEquals(List.of(), ear.all());
  }

  @Test
  void promisesThatComeLateOrTwiceChangeNothing() {
    Ballot ballot = given(Stage.RECOVERING);

    promise(2, ballot);
    promise(3, ballot);

    assertEquals(List.of(), ear.all());
  }

  @Test
  void sendsTheVerySameBatchAgain() {
    given(Stage.LEADING);
    submit("a");
    Message.Accept first = ear.last(Message.Accept.class).orElseThrow();

    proposer.tick(40, ear.outbox());
    assertEquals(List.of(), ear.all());
    proposer.tick(50, ear.outbox());

    assertEquals(List.of(first, first, first), ear.only(Message.Accept.class));
  }

  @Test
  void anIdleLeaderFillsASlotAtOnceForOneThatWaitsForSlots() {
    given(Stage.LEADING);

    ear.tell(proposer, 3, new Message.Submit(Bytes.EMPTY));
    List<Message.Accept> first = ear.only(Message.Accept.class);
    ear.tell(proposer, 3, new Message.Submit(Bytes.EMPTY));

    assertTrue(first.get(0).batch().noOp());
    assertEquals(2, first.get(0).slot());
    assertEquals(List.of(), ear.only(Message.Accept.class));
  }

  @Test
  void anIdleLeaderProposesANoOpEachHeartbeat() {
    Ballot ballot = given(Stage.LEADING);

    proposer.tick(90, ear.outbox());
    assertEquals(List.of(), ear.only(Message.Accept.class));
    proposer.tick(100, ear.outbox());
    assertTrue(ear.last(Message.Accept.class).orElseThrow().batch().noOp());
    ear.tell(proposer, 1, new Message.SlotChosen(ballot, 2));
    ear.all();
    proposer.tick(190, ear.outbox());
    assertEquals(List.of(), ear.only(Message.Accept.class));
    proposer.tick(200, ear.outbox());
    assertEquals(3, ear.last(Message.Accept.class).orElseThrow().slot());
  }

  /** Heartbeats of 400 ms, and a sign of life each 100 ms. */
  private Ballot givenSeldomHeartbeats() {
    proposer =
        new Proposer(
            ear.journal(),
            new ProposerSettings(
                Ear.replicas(3),
                Quorums.majority(3),
                new Timing(400, 100, 50, 500, 0),
                new Sizes(2, 8, 16)));
    return given(Stage.LEADING);
  }

  /** The messages of a tick; whoever is asked to confirm the ballot does. */
  private List<Message> tick(long now) {
    proposer.tick(now, ear.outbox());
    List<Message> said = ear.all().stream().<Message>map(Envelope::message).toList();
    for (Message message : said) {
      if (message instanceof Message.Confirm confirm) {
        for (int acceptor = 1; acceptor <= 3; acceptor++) {
          ear.tell(proposer, acceptor, new Message.Confirmed(confirm.ballot(), confirm.round(), 0));
        }
      }
    }
    return said;
  }

  private static long count(List<Message> said, Class<?> kind) {
    return said.stream().filter(kind::isInstance).count();
  }

  @Test
  void betweenHeartbeatsAllConfirmItsBallotWithoutASlot() {
    givenSeldomHeartbeats();

    for (long now = 100; now < 400; now += 100) {
      List<Message> said = tick(now);
      assertEquals(3, count(said, Message.Confirm.class), "at " + now);
      assertEquals(0, count(said, Message.Accept.class), "at " + now);
      assertEquals(List.of(), tick(now + 90));
    }
    assertEquals(3, count(tick(400), Message.Accept.class));
  }

  @Test
  void aLeaderThatIsConfirmedLeadsOnButNotPastASlotThatIsNotChosen() {
    Ballot ballot = givenSeldomHeartbeats();
    for (long slot = 2; slot <= 4; slot++) {
      long heartbeat = 400 * (slot - 1);
      for (long now = heartbeat - 300; now <= heartbeat; now += 100) {
        assertEquals(0, count(tick(now), Message.StoodDown.class), "at " + now);
      }
      ear.tell(proposer, 1, new Message.SlotChosen(ballot, slot));
    }

    for (long now = 1_300; now < 2_100; now += 100) {
      assertEquals(0, count(tick(now), Message.StoodDown.class), "at " + now);
    }
    assertEquals(1, count(tick(2_100), Message.StoodDown.class));
  }

  @Test
  void aReadFindsNoKeyThatIsLongOver() {
    givenSeldomHeartbeats();
    proposer.tick(90, ear.outbox());
    ear.tell(proposer, 3, new Message.Read(1));
    assertEquals(List.of(), ear.only(Message.Accept.class));

    proposer.tick(150, ear.outbox());
    ear.tell(proposer, 3, new Message.Read(2));

    assertTrue(ear.last(Message.Accept.class).orElseThrow().batch().noOp());
  }

  // ---------------------------------------------------------------- reads

  @ParameterizedTest
  @EnumSource(Stage.class)
  void confirmsItsBallotForAReadOnlyOnceItLeads(Stage stage) {
    given(stage);

    ear.tell(proposer, 3, new Message.Read(1));

    assertEquals(stage == Stage.LEADING ? 3 : 0, ear.only(Message.Confirm.class).size());
  }

  @Test
  void aConfirmationOfAnotherBallotCountsForNothing() {
    Ballot ballot = given(Stage.LEADING);
    ear.tell(proposer, 3, new Message.Read(1));

    ear.tell(proposer, 1, new Message.Confirmed(ballot, 1, 0));
    ear.tell(proposer, 2, new Message.Confirmed(ballot(ballot.round(), 2), 1, 0));
    assertEquals(List.of(), ear.only(Message.ReadIndex.class));

    ear.tell(proposer, 2, new Message.Confirmed(ballot, 1, 0));
    assertEquals(List.of(new Message.ReadIndex(1, 1)), ear.only(Message.ReadIndex.class));
  }

  /** A write that is acknowledged before the round begins is at or below the last proposed slot. */
  @Test
  void theIndexIsTheLastSlotProposedWhenTheRoundBegan() {
    Ballot ballot = given(Stage.LEADING);
    submit("a");
    ear.tell(proposer, 1, new Message.SlotChosen(ballot, 2));
    ear.tell(proposer, 3, new Message.Read(1));
    submit("b");
    ear.all();

    ear.tell(proposer, 1, new Message.Confirmed(ballot, 1, 0));
    ear.tell(proposer, 2, new Message.Confirmed(ballot, 1, 0));

    assertEquals(List.of(new Message.ReadIndex(1, 2)), ear.only(Message.ReadIndex.class));
  }

  /** Whoever accepted the slot that was open may have done so before the read came. */
  @Test
  void aReadThatComesWhileASlotIsOpenRidesOnTheNext() {
    Ballot ballot = given(Stage.LEADING);
    aReadComesWhileASlotIsOpen();
    submit("b");
    ear.tell(proposer, 1, new Message.SlotChosen(ballot, 2));
    assertEquals(List.of(), ear.only(Message.ReadIndex.class));
    ear.tell(proposer, 1, new Message.SlotChosen(ballot, 3));

    assertEquals(List.of(new Message.ReadIndex(1, 3)), ear.only(Message.ReadIndex.class));
  }

  @Test
  void itIsServedBySlotsThatAreChosenInAnyOrder() {
    Ballot ballot = given(Stage.LEADING);
    aReadComesWhileASlotIsOpen();
    submit("b");
    ear.tell(proposer, 1, new Message.SlotChosen(ballot, 3));

    assertEquals(List.of(new Message.ReadIndex(1, 3)), ear.only(Message.ReadIndex.class));
  }

  @Test
  void itGetsARoundOfItsOwnIfNoSlotFollows() {
    Ballot ballot = given(Stage.LEADING);
    aReadComesWhileASlotIsOpen();
    assertEquals(List.of(), ear.only(Message.Confirm.class));
    ear.tell(proposer, 1, new Message.SlotChosen(ballot, 2));

    assertEquals(3, ear.only(Message.Confirm.class).size());
  }

  @Test
  void itRidesAtOneBallotOnly() {
    Ballot ballot = given(Stage.LEADING);
    aReadComesWhileASlotIsOpen();
    submit("b");
    lead(ballot.round());
    Ballot next = ear.journal().ownBallot();
    ear.tell(proposer, 1, new Message.SlotChosen(ballot, 3));
    promise(1, next);
    promise(2, next);
    ear.all();
    ear.tell(proposer, 1, new Message.SlotChosen(next, 1));

    assertEquals(List.of(), ear.only(Message.ReadIndex.class));
  }
}
