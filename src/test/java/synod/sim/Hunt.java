package synod.sim;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;

/** Runs seeds with a bug until one catches it by an invariant that names it. */
final class Hunt {
  /** The seeds of {@link SeedsTest}. */
  static final long FIRST = 1;

  static final long SEEDS = Long.getLong("sim.seeds", 2_000);

  private final Bug bug;
  private final LongFunction<List<String>> run;
  private final TreeMap<String, Long> before = new TreeMap<>();

  /**
   * What was found.
   *
   * @param invariant which did not hold
   * @param text what it says
   * @param ms how long all seeds took
   */
  record Catch(long seed, String invariant, String text, long ms) {}

  Hunt(Bug bug) {
    this.bug = bug;
    this.run = new PatchedLoader(PatchedClasses.of(bug.changes())).seedRun();
  }

  /** What else did not hold, in seeds that did not catch it, with the first seed of each. */
  Map<String, Long> before() {
    return before;
  }

  /** This one alone. */
  Optional<Catch> at(long seed) {
    return from(seed, 1);
  }

  /** All, the first one first. */
  Optional<Catch> all() {
    return from(FIRST, SEEDS);
  }

  private Optional<Catch> from(long first, long count) {
    long begun = System.nanoTime();
    for (long seed = first; seed < first + count; seed++) {
      List<String> failure = run.apply(seed);
      if (!failure.isEmpty() && bug.caughtBy().contains(failure.get(0))) {
        long ms = (System.nanoTime() - begun) / 1_000_000;
        return Optional.of(new Catch(seed, failure.get(0), failure.get(1), ms));
      } else if (!failure.isEmpty()) {
        before.putIfAbsent(failure.get(0), seed);
      }
    }
    return Optional.empty();
  }
}
