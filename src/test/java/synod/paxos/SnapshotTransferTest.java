package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static synod.paxos.Ear.ballot;
import static synod.paxos.Ear.batch;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A whole state on its way from one learner to another. */
class SnapshotTransferTest {
  private static final LearnerSettings SETTINGS =
      new LearnerSettings(Ear.replicas(3), Quorums.majority(3), 4, 100, LearnerSettings.Retain.ALL);

  private final Side old = new Side(1);
  private final Side late = new Side(2);

  /** A learner with what is under it. */
  private static final class Side {
    final int id;
    final Ear ear;
    final RecordingMachine machine = new RecordingMachine((slot, batch) -> {});
    Learner learner;
    long now;

    Side(int id) {
      this.id = id;
      this.ear = new Ear(id);
      this.learner = new Learner(ear.journal(), machine, SETTINGS);
      learner.start(0, ear.outbox());
    }

    /** The role is built anew. */
    void restart() {
      learner = new Learner(ear.journal(), machine, SETTINGS);
      learner.start(now, ear.outbox());
    }

    void apply(int slots, String text) {
      for (int i = 0; i < slots; i++) {
        Batch batch = batch(text);
        machine.apply(machine.applied() + 1, batch, false);
      }
    }

    void truncate() {
      machine.persist();
      ear.journal().truncate(machine.applied());
    }

    void hear(Side from, Message.ToLearner message) {
      ear.tell(learner, from.id, message);
    }

    void pass(long ms) {
      now += ms;
      learner.tick(now, ear.outbox());
    }
  }

  /** Hands over what the one says to the other, until it says no more. */
  private int exchange(int most) {
    int handed = 0;
    boolean any = true;
    while (any && handed < most) {
      any = false;
      for (Side from : List.of(late, old)) {
        Side to = from == late ? old : late;
        for (Message message : from.ear.said(to.id)) {
          if (handed < most) {
            to.hear(from, (Message.ToLearner) message);
            handed++;
            any = true;
          }
        }
      }
    }
    return handed;
  }

  private void give(int slots) {
    old.apply(slots, "x".repeat(30_000));
    old.truncate();
  }

  private void fetch() {
    old.machine.snapshots().make();
    Snapshot made = old.machine.snapshots().newest().orElseThrow();
    late.hear(old, new Message.SnapshotOffer(made));
  }

  @Test
  void aFetchOfWhatIsTruncatedHasASnapshotMadeAndOffered() {
    give(3);
    old.ear.all();

    old.hear(late, new Message.Fetch(1));
    List<Message> first = old.ear.said(2);
    old.hear(late, new Message.Fetch(1));

    Snapshot made = old.machine.snapshots().newest().orElseThrow();
    assertEquals(List.of(), first);
    assertEquals(List.of(new Message.SnapshotOffer(made)), old.ear.said(2));
  }

  /** Where little of the log stays, it is truncated faster than anybody can ask again. */
  @Test
  void whatWasMadeOnDemandIsOfferedThoughTheLogIsTruncatedPastItMeanwhile() {
    give(3);
    old.hear(late, new Message.Fetch(1));
    give(2);
    old.ear.all();

    old.hear(late, new Message.Fetch(1));
    List<Message> soon = old.ear.said(2);
    old.pass(10_000);
    old.ear.all();
    old.hear(late, new Message.Fetch(1));

    assertEquals(1, soon.stream().filter(Message.SnapshotOffer.class::isInstance).count());
    assertEquals(List.of(), old.ear.said(2));
    assertEquals(5, old.machine.snapshots().newest().orElseThrow().slot());
  }

  @Test
  void aSnapshotFromBeforeTheTruncatedPrefixIsNotOffered() {
    give(3);
    old.machine.snapshots().make();
    give(2);
    old.ear.all();

    old.hear(late, new Message.Fetch(1));

    assertEquals(List.of(), old.ear.said(2));
    assertEquals(5, old.machine.snapshots().newest().orElseThrow().slot());
  }

  @Test
  void bringsAReplicaBehindTheLogToTheSameState() {
    give(40);

    fetch();
    exchange(Integer.MAX_VALUE);
    late.pass(10);

    assertEquals(40, late.machine.applied());
    assertEquals(old.machine.batches(), late.machine.batches());
    assertEquals(40, late.machine.durable());
    List<Message> said = late.ear.said(2);
    assertTrue(late.ear.events().contains(new Event.SnapshotInstalled(40, 40 * 30_012)));
    assertTrue(said.contains(new Message.Applied(40, List.of())), said::toString);
    assertTrue(said.contains(new Message.Truncate(40)), said::toString);
    assertTrue(
        said.indexOf(new Message.Durable(40)) < said.indexOf(new Message.Truncate(40)),
        () -> "what is not known to be durable is not truncated: " + said);
  }

  @Test
  void goesOnWithSlotsFromThere() {
    give(3);
    fetch();
    exchange(Integer.MAX_VALUE);
    late.pass(10);
    old.apply(2, "y");
    old.ear.journal().accept(new Acceptance(4, ballot(1, 1), batch("y")));
    old.ear.journal().accept(new Acceptance(5, ballot(1, 1), batch("y")));
    late.hear(old, new Message.Chosen(ballot(1, 1), 5));

    for (int i = 0; i < 3; i++) {
      late.pass(100);
      exchange(Integer.MAX_VALUE);
    }

    assertEquals(5, late.machine.applied());
  }

  @Test
  void aLostPieceIsAskedForAgain() {
    give(40);
    fetch();
    exchange(5);
    long received = late.machine.snapshots().received();
    old.ear.all();
    late.ear.all();

    late.pass(100);
    exchange(Integer.MAX_VALUE);
    late.pass(10);

    assertTrue(received > 0 && received < 40 * 30_012, "a part: " + received);
    assertEquals(40, late.machine.applied());
  }

  @Test
  void aCrashOfEitherLearnerCostsNoPieceThatIsHere() {
    give(40);
    fetch();
    exchange(5);
    long received = late.machine.snapshots().received();
    old.ear.all();
    late.ear.all();

    late.restart();
    old.restart();
    late.ear.all();
    late.pass(100);
    List<Message> asked = late.ear.said(3);
    late.pass(100);
    exchange(Integer.MAX_VALUE);
    late.pass(10);

    Snapshot made = old.machine.snapshots().newest().orElseThrow();
    assertTrue(received > 0, "a part");
    assertTrue(late.ear.events().contains(new Event.SnapshotResumed(made, received)));
    assertTrue(asked.contains(new Message.FetchSnapshot(made, received)), asked::toString);
    assertEquals(40, late.machine.applied());
  }

  @Test
  void whenNobodyHasItAnyMoreAnotherOneIsTaken() {
    give(40);
    fetch();
    exchange(5);
    old.ear.all();
    late.ear.all();
    old.apply(10, "z");
    old.truncate();
    old.machine.snapshots().make();

    for (int i = 0; i < 40; i++) {
      late.pass(100);
      late.ear.said(3);
      exchange(Integer.MAX_VALUE);
    }

    assertEquals(50, late.machine.applied());
    assertEquals(old.machine.batches(), late.machine.batches());
  }

  @Test
  void whatAllSayToBeGoneIsGivenUpAtOnce() {
    Snapshot snapshot = new Snapshot(9, 1, 8);
    late.hear(old, new Message.SnapshotOffer(snapshot));
    Message.SnapshotPiece none = new Message.SnapshotPiece(snapshot, 0, Bytes.EMPTY);

    late.hear(old, none);
    late.pass(1);
    boolean askedTheOther =
        late.ear.said(3).stream().anyMatch(Message.FetchSnapshot.class::isInstance);
    late.hear(old, none);
    boolean kept = late.machine.snapshots().incoming().isPresent();
    late.ear.tell(late.learner, 3, none);

    assertTrue(askedTheOther);
    assertTrue(kept, "one says it twice");
    assertTrue(late.machine.snapshots().incoming().isEmpty());
  }

  @Test
  void aDamagedOneReplacesNothing() {
    give(2);
    old.machine.snapshots().make();
    Snapshot sound = old.machine.snapshots().newest().orElseThrow();
    Snapshot damaged = new Snapshot(sound.slot(), sound.id() + 1, sound.bytes());

    late.hear(old, new Message.SnapshotOffer(damaged));
    byte[] zeros = new byte[(int) damaged.bytes()];
    late.hear(old, new Message.SnapshotPiece(damaged, 0, Bytes.of(zeros)));
    late.pass(10);

    late.ear.all();
    assertEquals(0, late.machine.applied());
    assertTrue(late.ear.events().contains(new Event.SnapshotDamaged(damaged)));
    assertTrue(late.machine.snapshots().incoming().isEmpty());
  }

  @Test
  void anOlderStateIsNotTaken() {
    late.apply(7, "a");

    late.hear(old, new Message.SnapshotOffer(new Snapshot(7, 1, 10)));

    assertEquals(List.of(), late.ear.only(Message.FetchSnapshot.class));
  }

  @Test
  void aPieceThatComesTwiceCountsOnce() {
    Snapshot snapshot = new Snapshot(9, 1, 8);
    late.hear(old, new Message.SnapshotOffer(snapshot));

    late.hear(old, new Message.SnapshotPiece(snapshot, 0, Bytes.utf8("four")));
    late.hear(old, new Message.SnapshotPiece(snapshot, 0, Bytes.utf8("four")));
    late.hear(old, new Message.SnapshotPiece(snapshot, 6, Bytes.utf8("12")));

    assertEquals(4, late.machine.snapshots().received());
  }

  @Test
  void anotherOfferDoesNotThrowAwayWhatIsHereOfOneThatIsSlow() {
    Snapshot first = new Snapshot(9, 1, 8);
    late.hear(old, new Message.SnapshotOffer(first));
    late.hear(old, new Message.SnapshotPiece(first, 0, Bytes.utf8("four")));
    late.pass(100);
    late.ear.all();

    late.hear(old, new Message.SnapshotOffer(new Snapshot(12, 2, 20)));

    assertEquals(4, late.machine.snapshots().received());
    assertEquals(first, late.machine.snapshots().incoming().orElseThrow());
    assertEquals(List.of(), asked(1), "the offer is not followed");
  }

  @Test
  void anotherOfferDoesNotDisturbOneThatMoves() {
    Snapshot first = new Snapshot(9, 1, 8);
    late.hear(old, new Message.SnapshotOffer(first));
    late.hear(old, new Message.SnapshotPiece(first, 0, Bytes.utf8("four")));

    late.hear(old, new Message.SnapshotOffer(new Snapshot(12, 2, 20)));

    assertEquals(4, late.machine.snapshots().received());
    assertEquals(first, late.machine.snapshots().incoming().orElseThrow());
  }

  @Test
  void whoeverHasSentTheStateIsAskedForTheSlotsBehindIt() {
    give(30);
    fetch();
    exchange(1_000);
    Batch next = batch("next");
    old.ear.journal().accept(new Acceptance(31, ballot(1, 1), next));
    old.machine.apply(31, next, false);

    late.pass(100);
    exchange(1_000);

    assertEquals(31, late.machine.applied());
  }

  @Test
  void whileTheStateIsCheckedItsSenderIsToldThatItIsWanted() {
    give(30);
    late.machine.checkForEver();
    fetch();
    exchange(1_000);

    late.pass(100);

    assertEquals(1, late.ear.only(Message.FetchSnapshot.class).size());
  }

  // ---------------------------------------------------------------- which one, and of whom

  private static final Snapshot EIGHT = new Snapshot(9, 1, 8);

  /** What was asked of that replica for a piece, since the last time. */
  private List<Message> asked(int of) {
    return late.ear.said(of).stream().filter(Message.FetchSnapshot.class::isInstance).toList();
  }

  private void hear(int from, Message.ToLearner message) {
    late.ear.tell(late.learner, from, message);
  }

  private void givenTheFirstHalf() {
    hear(1, new Message.SnapshotOffer(EIGHT));
    hear(1, new Message.SnapshotPiece(EIGHT, 0, Bytes.utf8("four")));
    late.ear.all();
  }

  /** Whom it asks in the next ticks, each time nobody has answered. */
  private List<Integer> askedInTicks(int ticks) {
    List<Integer> asked = new ArrayList<>();
    for (int i = 0; i < ticks; i++) {
      late.pass(100);
      asked(1).forEach(any -> asked.add(1));
      asked(3).forEach(any -> asked.add(3));
    }
    return asked;
  }

  @Test
  void theSenderIsAskedTwiceMoreAndThenAllInTurn() {
    givenTheFirstHalf();

    assertEquals(List.of(1, 1, 3, 1, 3, 1), askedInTicks(6));
  }

  @Test
  void isGivenUpAtTheFourthRoundWithoutAnAnswer() {
    givenTheFirstHalf();

    assertEquals(9, askedInTicks(9).size());
    assertTrue(late.machine.snapshots().incoming().isPresent());
    late.pass(100);

    late.ear.all();
    assertTrue(late.machine.snapshots().incoming().isEmpty());
    assertTrue(late.ear.events().contains(new Event.SnapshotAbandoned(EIGHT)));
    assertTrue(late.ear.events().contains(new Event.SnapshotBegun(EIGHT, new ReplicaId(1))));
  }

  @Test
  void aSenderThatHasItNoMoreIsNotAskedAgain() {
    givenTheFirstHalf();

    hear(1, new Message.SnapshotPiece(EIGHT, 4, Bytes.EMPTY));

    assertEquals(List.of(3), askedInTicks(1));
  }

  @Test
  void aSenderStaysTheSenderThoughAnotherHasNone() {
    givenTheFirstHalf();

    hear(3, new Message.SnapshotPiece(EIGHT, 4, Bytes.EMPTY));

    assertEquals(List.of(1), askedInTicks(1));
  }

  /** A replica that had none may have it by now: that all have none is found out anew. */
  @Test
  void whoHadNoneBeforeAPieceCameIsAskedAgain() {
    hear(1, new Message.SnapshotOffer(EIGHT));
    hear(3, new Message.SnapshotPiece(EIGHT, 0, Bytes.EMPTY));
    hear(1, new Message.SnapshotPiece(EIGHT, 0, Bytes.utf8("four")));

    hear(1, new Message.SnapshotPiece(EIGHT, 4, Bytes.EMPTY));

    assertEquals(4, late.machine.snapshots().received());
  }

  @Test
  void whoHadNoneOfOneThatWasGivenUpMayHaveTheNext() {
    hear(1, new Message.SnapshotOffer(EIGHT));
    for (int peer : List.of(1, 3)) {
      hear(peer, new Message.SnapshotPiece(EIGHT, 0, Bytes.EMPTY));
    }
    hear(1, new Message.SnapshotOffer(EIGHT));

    hear(3, new Message.SnapshotPiece(EIGHT, 0, Bytes.EMPTY));

    assertTrue(late.machine.snapshots().incoming().isPresent());
  }

  /** The same one, offered by another: while it moves, when it is stuck, when all of it is here. */
  @Test
  void theSameOfferIsFollowedOnlyIfNobodyAnswers() {
    givenTheFirstHalf();
    hear(3, new Message.SnapshotOffer(EIGHT));
    assertEquals(List.of(), asked(3));

    late.pass(100);
    hear(3, new Message.SnapshotOffer(EIGHT));
    assertEquals(List.of(new Message.FetchSnapshot(EIGHT, 4)), asked(3));

    late.machine.checkForEver();
    hear(3, new Message.SnapshotPiece(EIGHT, 4, Bytes.utf8("more")));
    hear(3, new Message.SnapshotOffer(EIGHT));
    assertEquals(List.of(), asked(3));
  }

  /** Caught up by slots meanwhile: to the slot before, to the very slot, beyond it. */
  @Test
  void isGivenUpOnceTheSlotsHaveGotAsFar() {
    givenTheFirstHalf();
    late.apply(8, "a");
    late.pass(10);
    assertTrue(late.machine.snapshots().incoming().isPresent());

    late.apply(1, "a");
    late.pass(10);

    assertTrue(late.machine.snapshots().incoming().isEmpty());
  }

  @Test
  void nothingIsSaidToBeAppliedWhileItComes() {
    givenTheFirstHalf();

    late.pass(10);

    assertEquals(List.of(), late.ear.said(2));
  }

  @Test
  void whatItHoldsBehindTheStateIsAppliedWithIt() {
    give(3);
    fetch();
    exchange(Integer.MAX_VALUE);
    hear(2, new Message.Journaled(ballot(1, 1), 4, batch("next"), 4));

    late.pass(10);

    assertEquals(4, late.machine.applied());
  }

  // ---------------------------------------------------------------- what is made on demand

  /** Until twenty times the time between questions is over. */
  @Test
  void whatWasMadeOnDemandIsOfferedForAWhile() {
    give(3);
    old.hear(late, new Message.Fetch(1));
    give(2);
    old.pass(1_999);
    old.ear.all();

    old.hear(late, new Message.Fetch(1));
    List<Message> soon = old.ear.said(2);
    old.pass(1);
    old.hear(late, new Message.Fetch(1));

    assertEquals(1, soon.size());
    assertEquals(List.of(), old.ear.only(Message.SnapshotOffer.class));
  }

  /** It takes long: whoever asks again waits for it, whoever needs a later one has that begun. */
  @Test
  void oneIsMadeForAllThatAskUnlessItWouldBeTooOldForThem() {
    give(3);
    old.machine.snapshots().holdMaking();

    old.hear(late, new Message.Fetch(1));
    old.hear(late, new Message.Fetch(3));
    assertEquals(1, old.machine.snapshots().begun());

    give(2);
    old.hear(late, new Message.Fetch(4));
    assertEquals(2, old.machine.snapshots().begun());
  }
}
