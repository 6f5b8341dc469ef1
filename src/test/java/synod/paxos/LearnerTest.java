package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static synod.paxos.Ear.ballot;
import static synod.paxos.Ear.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LearnerTest {
  private static final Ballot NONE = Ballot.NONE;
  private static final List<Ballot> BALLOTS = List.of(ballot(1, 1), ballot(2, 1), ballot(3, 1));
  private static final LearnerSettings SETTINGS =
      new LearnerSettings(Ear.replicas(3), Quorums.majority(3), 4, 100, LearnerSettings.Retain.ALL);

  private final Ear ear = new Ear(1);
  private final RecordingMachine machine = new RecordingMachine((slot, batch) -> {});

  /**
   * The ballot that the own acceptor holds slot 1 at, that a leader announced, that was counted.
   */
  record Case(Ballot own, Ballot announced, Ballot counted, int order) {
    boolean chosen() {
      return own.equals(announced) || own.equals(counted);
    }
  }

  static List<Case> table() {
    List<Case> cases = new ArrayList<>();
    List<Ballot> orNone = new ArrayList<>(BALLOTS);
    orNone.add(NONE);
    for (Ballot own : BALLOTS) {
      for (Ballot announced : orNone) {
        for (Ballot counted : orNone) {
          for (int order = 0; order < 6; order++) {
            cases.add(new Case(own, announced, counted, order));
          }
        }
      }
    }
    return cases;
  }

  private Learner learner() {
    return new Learner(ear.journal(), machine, SETTINGS);
  }

  /** Slot 1 is applied exactly if the own batch is of the ballot of which something was proven. */
  @ParameterizedTest
  @MethodSource("table")
  void appliesWhatWasAcceptedAtTheVeryBallotThatIsProven(Case c) {
    Learner learner = learner();
    Runnable journaled =
        () -> ear.tell(learner, 1, new Message.Journaled(c.own(), 1, batch("own"), 0));
    Runnable announced = () -> announce(learner, c.announced());
    Runnable counted = () -> count(learner, c.counted());

    List<Runnable> steps = new ArrayList<>(List.of(journaled, announced, counted));
    steps.remove(c.order() / 2).run();
    steps.remove(c.order() % 2).run();
    steps.remove(0).run();

    assertEquals(c.chosen(), machine.applied() == 1);
  }

  private void announce(Learner learner, Ballot ballot) {
    if (!ballot.equals(NONE)) {
      ear.tell(learner, 2, new Message.Chosen(ballot, 1));
    }
  }

  private void count(Learner learner, Ballot ballot) {
    if (!ballot.equals(NONE)) {
      count(learner, ballot, 1);
    }
  }

  private void count(Learner learner, Ballot ballot, long slot) {
    ear.tell(learner, 1, new Message.Accepted(ballot, slot));
    ear.tell(learner, 2, new Message.Accepted(ballot, slot));
  }

  @Test
  void doesNotExtendAnAnnouncementToAnotherBallot() {
    Learner learner = learner();
    ear.tell(learner, 1, new Message.Journaled(BALLOTS.get(1), 1, batch("x"), 0));
    ear.tell(learner, 2, new Message.Chosen(BALLOTS.get(0), 1));
    ear.tell(learner, 2, new Message.Chosen(BALLOTS.get(1), 0));

    assertEquals(0, machine.applied());
  }

  @Test
  void appliesInOrderEachSlotOnceInWhateverOrderTheyCome() {
    Learner learner = learner();
    Ballot ballot = BALLOTS.get(0);
    for (long slot : List.of(3L, 2L, 3L, 1L, 1L)) {
      ear.tell(learner, 1, new Message.Journaled(ballot, slot, batch("c" + slot), 3));
    }

    assertEquals(List.of(batch("c1"), batch("c2"), batch("c3")), machine.batches());
    assertEquals(
        List.of(1L, 2L, 3L), ear.only(Message.Applied.class).stream().map(a -> a.slot()).toList());
  }

  @Test
  void goesOnFromTheAppliedSlotInANewLife() {
    Learner learner = learner();
    ear.tell(learner, 2, new Message.Learned(1, List.of(batch("a"), batch("b")), 2));

    Learner next = learner();
    ear.tell(next, 2, new Message.Learned(2, List.of(batch("b"), batch("c")), 3));

    assertEquals(List.of(batch("a"), batch("b"), batch("c")), machine.batches());
  }

  @Test
  void findsWhatWasAnnouncedInTheJournal() {
    Ballot ballot = BALLOTS.get(0);
    ear.journal().accept(new Acceptance(1, ballot, batch("a")));
    Learner learner = learner();
    learner.start(0, ear.outbox());
    ear.tell(learner, 2, new Message.Chosen(ballot, 1));

    learner.tick(10, ear.outbox());

    assertEquals(List.of(batch("a")), machine.batches());
    assertTrue(machine.kept(1).isPresent(), "it may not have been synced");
  }

  @Test
  void findsNothingOfAnotherBallotInTheJournalAndAsksAPeer() {
    ear.journal().accept(new Acceptance(1, BALLOTS.get(0), batch("x")));
    Learner learner = learner();
    learner.start(0, ear.outbox());
    ear.tell(learner, 2, new Message.Chosen(BALLOTS.get(1), 1));

    learner.tick(10, ear.outbox());
    learner.tick(20, ear.outbox());

    assertEquals(List.of(), machine.batches());
    List<Envelope<?>> fetches =
        ear.all().stream().filter(e -> e.message() instanceof Message.Fetch).toList();
    assertEquals(List.of(2, 3), fetches.stream().map(envelope -> envelope.to().number()).toList());
  }

  @Test
  void asksAPeerWhenItHearsOfNothing() {
    Learner learner = learner();
    learner.start(0, ear.outbox());

    learner.tick(99, ear.outbox());
    assertEquals(List.of(), ear.only(Message.Fetch.class));
    learner.tick(100, ear.outbox());
    assertEquals(List.of(new Message.Fetch(1)), ear.only(Message.Fetch.class));
  }

  /** An elector that lives anew would else say in its token that nothing is applied here. */
  @Test
  void saysAgainWhatIsAppliedThoughNothingChanges() {
    Learner learner = learner();
    ear.tell(learner, 2, new Message.Learned(1, List.of(batch("a")), 1));
    learner.start(0, ear.outbox());
    ear.all();

    learner.tick(99, ear.outbox());
    assertEquals(List.of(), ear.all());
    learner.tick(100, ear.outbox());

    List<Message> said = ear.said(1);
    assertTrue(said.contains(new Message.Progress(1, false)), said::toString);
    assertTrue(said.contains(new Message.Known(1)), said::toString);
  }

  /** From below, at, and beyond what is applied here. */
  @Test
  void servesWhatItHasApplied() {
    Learner learner = learner();
    ear.journal().accept(new Acceptance(1, BALLOTS.get(0), batch("x")));
    ear.tell(learner, 2, new Message.Learned(1, List.of(batch("a"), batch("b")), 2));
    ear.all();

    for (long from = 1; from <= 4; from++) {
      ear.tell(learner, 3, new Message.Fetch(from));
      List<Batch> expected =
          LongStream.rangeClosed(from, 2).mapToObj(s -> batch(s == 1 ? "a" : "b")).toList();
      assertEquals(List.of(new Message.Learned(from, expected, 2)), ear.said(3));
    }
  }

  @Test
  void doesNotServeWhatItHoldsButHasNotApplied() {
    Learner learner = learner();
    ear.journal().accept(new Acceptance(1, BALLOTS.get(0), batch("x")));

    ear.tell(learner, 3, new Message.Fetch(1));

    assertEquals(List.of(new Message.Learned(1, List.of(), 0)), ear.said(3));
  }

  @Test
  void whatIsFarAheadIsNotHeldInMemory() {
    Learner learner = learner();
    Ballot ballot = BALLOTS.get(0);
    long far = 4L * SETTINGS.window() + 1;
    for (long slot = far; slot >= 1; slot--) {
      ear.tell(learner, 1, new Message.Journaled(ballot, slot, batch("c"), far));
    }

    assertEquals(far - 1, machine.applied());
  }

  /** By one less than many windows, by exactly as many, by one more; and back. */
  @Test
  void saysThatItIsBehindWhenItIsAndUntilItIsNot() {
    long many = (long) Learner.MANY_WINDOWS * SETTINGS.window();
    Learner learner = learner();
    learner.start(0, ear.outbox());

    for (long known = many - 1; known <= many + 1; known++) {
      ear.all();
      ear.tell(learner, 2, new Message.Chosen(BALLOTS.get(0), known));
      learner.tick(10, ear.outbox());
      boolean behind = ear.only(Message.Progress.class).stream().anyMatch(Message.Progress::behind);
      assertEquals(known > many, behind);
    }

    List<Batch> missing = new ArrayList<>();
    LongStream.range(0, many).forEach(i -> missing.add(batch("c")));
    ear.tell(learner, 2, new Message.Learned(1, missing, many + 1));
    learner.tick(20, ear.outbox());
    assertEquals(new Message.Progress(many, false), ear.last(Message.Progress.class).orElseThrow());
  }

  @Test
  void holdsNoMoreInMemoryHoweverMuchIsApplied() {
    Learner learner = learner();
    Ballot ballot = BALLOTS.get(0);
    long last = 10L * SETTINGS.window();
    for (long slot = 1; slot <= last; slot++) {
      count(learner, ballot, slot);
      ear.tell(learner, 1, new Message.Journaled(ballot, slot, batch("c"), 0));
    }

    assertEquals(last, machine.applied());
  }

  /** The last applied slot comes once more, then all that it holds at most. */
  @Test
  void holdsNothingOfASlotThatIsApplied() {
    Learner learner = learner();
    Ballot ballot = BALLOTS.get(0);
    ear.tell(learner, 1, new Message.Journaled(ballot, 1, batch("c"), 1));
    for (long slot = 1; slot <= 1 + 4L * SETTINGS.window(); slot++) {
      ear.tell(learner, 1, new Message.Journaled(ballot, slot, batch("c"), 1));
    }

    assertEquals(1, machine.applied());
  }

  @Test
  void goesOnAtOnceWithWhatItHoldsBehindWhatItFoundInTheJournal() {
    Ballot ballot = BALLOTS.get(0);
    ear.journal().accept(new Acceptance(1, ballot, batch("a")));
    Learner learner = learner();
    learner.start(0, ear.outbox());
    ear.tell(learner, 1, new Message.Journaled(ballot, 2, batch("b"), 2));

    learner.tick(10, ear.outbox());

    assertEquals(List.of(batch("a"), batch("b")), machine.batches());
  }

  @Test
  void saysWhatIsAppliedNoMoreOftenThanItAsks() {
    Learner learner = learner();
    learner.start(1_000, ear.outbox());
    ear.all();

    learner.tick(1_099, ear.outbox());
    List<Message.Progress> early = ear.only(Message.Progress.class);
    learner.tick(1_100, ear.outbox());

    assertEquals(List.of(), early);
    assertEquals(List.of(new Message.Progress(0, false)), ear.only(Message.Progress.class));
  }
}
