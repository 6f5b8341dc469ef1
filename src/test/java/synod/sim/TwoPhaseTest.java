package synod.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import synod.trace.Entry;
import synod.trace.Fact;

/** Two-phase commit keeps its promise, and blocks; Paxos does not block. */
class TwoPhaseTest {
  private static final Contest CONTEST =
      new Contest(1, 1_000_000, Optional.of(2_000_000L), 4_500_000);

  @Test
  void noTransactionIsCommittedHereAndAbortedThereInAThousandSeeds() {
    long committed = 0;
    for (long seed = 1; seed <= 1_000; seed++) {
      committed += outcomesOf(seed, seed % 4 != 0);
    }

    assertTrue(committed > 10_000, "proves little: " + committed);
  }

  private static long outcomesOf(long seed, boolean crashes) {
    Plan plan = new Plan(seed).with(Knob.LOSS, 20).with(Knob.DOUBLE, 20).with(Knob.LATE, 20);
    TwoPhaseWorld world = new TwoPhaseWorld(plan);
    world.start();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; crashes && i < 6; i++) {
      TwoPhaseSite site = world.site(1 + random.nextInt(5));
      long when = random.nextLong(400_000);
      world.timeline().at(when, site::kill);
      world.timeline().at(when + random.nextLong(150_000), site::start);
    }
    world.timeline().run(500_000);
    world.calm();
    world.timeline().run(1_000_000);
    TreeMap<Long, String> outcomes = new TreeMap<>();
    for (Entry entry : world.diary().entries()) {
      if (entry.fact() instanceof Fact.Happened one && one.name().matches("Committed|Aborted")) {
        String before = outcomes.putIfAbsent(one.slot(), one.name());
        assertTrue(before == null || before.equals(one.name()), "seed " + seed + ": " + one);
      }
    }
    assertNoLockIsOld(world, seed);
    return outcomes.values().stream().filter("Committed"::equals).count();
  }

  private static void assertNoLockIsOld(TwoPhaseWorld world, long seed) {
    TreeMap<String, Long> since = new TreeMap<>();
    for (Entry entry : world.diary().entries()) {
      if (entry.fact() instanceof Fact.Happened one && one.name().equals("Locked")) {
        since.put(entry.replica() + one.text(), entry.micros());
      } else if (entry.fact() instanceof Fact.Happened one && one.name().equals("Unlocked")) {
        since.remove(entry.replica() + one.text());
      } else if (entry.fact() instanceof Fact.Happened one && one.name().equals("Ended")) {
        since.keySet().removeIf(key -> key.startsWith(entry.replica() + "k"));
      }
    }
    since.forEach((key, time) -> assertTrue(time > 700_000, "seed " + seed + ": " + key));
  }

  @Test
  void participantsAreBlockedUntilTheCoordinatorIsBack() {
    Comparison runs = Comparison.of(CONTEST);
    Figures figures = new Figures(runs.twoPhase(), CONTEST, runs.crash());
    long back = runs.crash() + CONTEST.back().orElseThrow();

    List<Figures.Locked> blocked =
        figures.lockedAtCrash().stream().filter(lock -> lock.to() >= back).toList();

    // The two keys of the transaction that was decided, and those of others that it had asked
    // about.
    assertTrue(blocked.size() >= 2, blocked.toString());
    assertTrue(blocked.stream().allMatch(lock -> lock.to() < back + 200_000), blocked.toString());
    assertFalse(figures.isLockedAtTheEnd());
    assertTrue(figures.after() > figures.during());
  }

  @Test
  void theyAreBlockedForEverIfItNeverComesBack() {
    Comparison runs = Comparison.of(CONTEST.forEver());

    assertTrue(new Figures(runs.twoPhase(), runs.contest(), runs.crash()).isLockedAtTheEnd());
  }

  @Test
  void paxosAnswersWhileTheLeaderIsAway() {
    Comparison runs = Comparison.of(CONTEST.forEver());
    Figures paxos = new Figures(runs.paxos(), runs.contest(), runs.crash());
    Figures twoPhase = new Figures(runs.twoPhase(), runs.contest(), runs.crash());

    assertTrue(paxos.during() > 2 * twoPhase.during());
    assertTrue(paxos.silence() < 1_500_000, "silent for " + paxos.silence());
  }

  @Test
  void bothMeetTheCrashAtTheSameMoment() {
    Comparison runs = Comparison.of(CONTEST);

    assertEquals(List.of(runs.crash()), deaths(runs.twoPhase()));
    assertEquals(List.of(runs.crash()), deaths(runs.paxos()));
  }

  /** Of the run that docs/two-phase-commit.md shows. */
  @Test
  void theDiagramsShowWhoIsBlockedAndWhatIsAdopted() {
    Comparison runs = Comparison.of(new Contest(1, 2_000_000, Optional.of(3_000_000L), 7_000_000));

    assertEquals(4, count(CompareDiagrams.twoPhase(runs), ">blocked<"));
    assertTrue(CompareDiagrams.paxos(runs).contains(">quorum: 1 adopted, 0 gaps<"));
    assertTrue(CompareDiagrams.paxos(runs).contains(" chosen<"));
  }

  private static int count(String text, String part) {
    return text.split(part, -1).length - 1;
  }

  @Test
  void theTableCountsWhatTheEntriesTell() {
    Comparison runs = Comparison.of(CONTEST);
    Figures figures = new Figures(runs.twoPhase(), CONTEST, runs.crash());

    long answers =
        runs.twoPhase().stream()
            .filter(e -> e.fact() instanceof Fact.Happened one && one.name().equals("Answered"))
            .count();
    assertTrue(answers > 0);
    assertEquals(answers, figures.before() + figures.during() + figures.after());
  }

  private static List<Long> deaths(List<Entry> entries) {
    return entries.stream()
        .filter(entry -> entry.fact() instanceof Fact.Happened one && one.name().equals("Ended"))
        .map(Entry::micros)
        .toList();
  }
}
