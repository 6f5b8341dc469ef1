package synod.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CheckerTest {
  private final KeyValues model = new KeyValues();
  private final Checker<?> checker = new Checker<>(model);

  private void assertGood(Histories history) {
    assertInstanceOf(Verdict.Linearizable.class, checker.check(history.list()));
  }

  private Verdict.Violated assertBad(Histories history) {
    return assertInstanceOf(Verdict.Violated.class, checker.check(history.list()));
  }

  @Test
  void aReadDuringAWriteSeesTheOldOrTheNewValue() {
    assertGood(new Histories().add(1, 9, "SET a 1", "OK").add(2, 3, "GET a", "nil"));
    assertGood(new Histories().add(1, 9, "SET a 1", "OK").add(2, 3, "GET a", "$1"));
  }

  @Test
  void whatWasSeenOnceIsSeenByAllWhoAskLater() {
    assertBad(
        new Histories()
            .add(1, 9, "SET a 1", "OK")
            .add(2, 3, "GET a", "$1")
            .add(4, 5, "GET a", "nil"));
  }

  @Test
  void aStaleReadIsNone() {
    assertBad(
        new Histories()
            .add(1, 2, "SET a 1", "OK")
            .add(3, 4, "SET a 2", "OK")
            .add(5, 6, "GET a", "$1"));
  }

  @Test
  void aLostWriteIsNone() {
    assertBad(new Histories().add(1, 2, "SET a 1", "OK").add(3, 4, "GET a", "nil"));
  }

  @Test
  void aCounterThatWasAddedToTwiceIsNone() {
    assertBad(new Histories().add(1, 2, "INCR a", ":1").add(3, 4, "INCR a", ":3"));
  }

  @Test
  void whatIsUnknownMayHaveHappenedAtAnyTimeOrNever() {
    Histories lost = new Histories().add(1, 2, "INCR a", ":1").add(3, 4, "INCR a", "?");
    assertGood(lost);
    assertGood(lost.add(5, 6, "GET a", "$1").add(70, 80, "INCR a", ":3"));
    assertBad(lost.add(90, 99, "INCR a", ":5"));
  }

  @Test
  void whatWasCertainlyNotDoneMustNotBeSeen() {
    assertBad(new Histories().add(1, 2, "SET a 1", "OK").add(3, 4, "GET a", "$2"));
  }

  @Test
  void operationsOnSeveralKeysAreJudgedTogether() {
    Histories both = new Histories().add(1, 9, "MSET a 1 b 1", "OK").add(2, 3, "GET a", "$1");
    assertGood(both.add(4, 5, "MGET a b", "[$1 $1]"));
    assertBad(both.add(6, 7, "GET b", "nil"));
  }

  @Test
  void eachKeyIsJudgedApart() {
    List<Operation> good = Histories.good(100_000, 50, 1_000, 200, new SplittableRandom(1));

    assertEquals(new Verdict.Linearizable(100_000), checker.check(good));
  }

  @Test
  void keysThatDependOnEachOtherAreJudgedTogetherAndStillInTime() {
    List<Operation> good =
        new ArrayList<>(Histories.good(10_000, 4, 20, Integer.MAX_VALUE, new SplittableRandom(2)));
    String all =
        String.join(
            " ", Partition.of(good, model).stream().flatMap(p -> p.keys().stream()).toList());
    good.add(
        new Operation(
            -1, "c", Arrays.asList(("EXISTS " + all).split(" ", -1)), -2, Optional.of(":0"), -1));

    assertEquals(1, Partition.of(good, model).size());
    assertEquals(new Verdict.Linearizable(10_001), checker.check(good));
  }

  /** Of a hundred operations on the key, one shows it. */
  @Test
  void aViolationIsShownByAsFewOperationsAsCanBe() {
    Histories history = new Histories();
    for (int i = 0; i < 50; i++) {
      history.add(10L * i, 10L * i + 5, "SET a " + i, "OK");
      history.add(10L * i + 6, 10L * i + 8, "GET a", "$" + (i == 30 ? 28 : i));
    }

    Verdict.Violated violated = assertBad(history);

    assertEquals(List.of("{a=30}"), violated.before());
    assertEquals(history.list().subList(61, 62), violated.operations());
  }

  @Test
  void whatOverlapsWithTheCulpritIsShownWithIt() {
    Verdict.Violated violated =
        assertBad(
            new Histories()
                .add(1, 2, "SET a 1", "OK")
                .add(3, 9, "SET a 2", "OK")
                .add(4, 5, "GET a", "$2")
                .add(6, 7, "GET a", "$1"));

    assertEquals(List.of("{a=1}"), violated.before());
    assertEquals(List.of(3L, 4L), violated.operations().stream().map(Operation::id).toList());
    assertEquals(1, violated.unexplained());
  }

  @Test
  void whatCannotBeDecidedIsSaidToBeSo() {
    Histories history = new Histories();
    for (int i = 0; i < 30; i++) {
      history.add(1, 100, "SET a " + i, "OK");
    }
    history.add(101, 102, "GET a", "nil");

    Verdict verdict = new Checker<>(model, 1_000).check(history.list());

    assertInstanceOf(Verdict.Undecided.class, verdict);
  }

  /** Every history of three operations on one key, with every overlap. */
  @Test
  void agreesWithBruteForceOnAllSmallHistories() {
    List<String[]> kinds =
        List.of(
            new String[] {"SET a 1", "OK"},
            new String[] {"SET a 2", "?"},
            new String[] {"INCR a", ":1"},
            new String[] {"INCR a", ":2"},
            new String[] {"INCR a", "?"},
            new String[] {"GET a", "nil"},
            new String[] {"GET a", "$1"},
            new String[] {"DEL a", ":1"});
    int[] counts = new int[2];
    for (int[] times : overlaps()) {
      for (int i = 0; i < 512; i++) {
        Histories history = new Histories();
        for (int j = 0; j < 3; j++) {
          String[] kind = kinds.get(i >> (3 * j) & 7);
          history.add(times[2 * j], times[2 * j + 1], kind[0], kind[1]);
        }
        counts[agree(history.list()) ? 1 : 0]++;
      }
    }
    assertTrue(counts[0] > 1_000 && counts[1] > 1_000, () -> Arrays.toString(counts));
  }

  /** All orders of three calls and their returns: the times of each. */
  private static List<int[]> overlaps() {
    List<int[]> all = new ArrayList<>();
    place(new int[6], 0, 0, all);
    return all;
  }

  private static void place(int[] times, int used, int time, List<int[]> all) {
    if (time == 6) {
      all.add(times.clone());
      return;
    }
    for (int event = 0; event < 6; event++) {
      boolean mayBe = event % 2 == 0 || (used & 1 << (event - 1)) != 0;
      if ((used & 1 << event) == 0 && mayBe) {
        times[event] = time;
        place(times, used | 1 << event, time + 1, all);
      }
    }
  }

  @Test
  void agreesWithBruteForceOnHistoriesThatWereSpoiledByChance() {
    SplittableRandom chance = new SplittableRandom(3);
    int bad = 0;
    for (int i = 0; i < 3_000; i++) {
      List<Operation> history = new ArrayList<>(Histories.good(7, 3, 2, 10, chance));
      int spoiled = chance.nextInt(history.size());
      Operation one = history.get(spoiled);
      if (one.isKnown()) {
        Optional<String> answer = history.get(chance.nextInt(history.size())).answer();
        history.set(
            spoiled,
            new Operation(
                one.id(),
                one.client(),
                one.words(),
                one.called(),
                Optional.of(answer.orElse("nil")),
                one.returned()));
      }
      bad += agree(history) ? 0 : 1;
    }
    assertTrue(bad > 300, "bad ones: " + bad);
  }

  /** Returns what both say; a violation must still be one by itself. */
  private boolean agree(List<Operation> history) {
    boolean expected = new BruteForce<>(model).isLinearizable(history);
    Verdict verdict = checker.check(history);
    assertEquals(expected, verdict instanceof Verdict.Linearizable, () -> history + ": " + verdict);
    return expected;
  }
}
