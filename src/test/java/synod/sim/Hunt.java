package synod.sim;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;

/** Looks for the first seed that catches a bug. */
final class Hunt {
  static final long FIRST = 1;
  static final long SEEDS = Long.getLong("sim.seeds", 2_000);

  private final Bug bug;
  private final LongFunction<List<String>> run;
  private final Map<String, Long> before = new TreeMap<>();

  /** What was found: after how long, in ms, from the first seed on. */
  record Catch(long seed, String invariant, String text, long ms) {}

  Hunt(Bug bug) {
    this.bug = bug;
    this.run = new PatchedLoader(PatchedClasses.of(bug.changes())).seedRun();
  }

  /** The invariants that were broken in seeds before the catch, each with the first of them. */
  Map<String, Long> before() {
    return before;
  }

  /** Whether this seed catches it by an invariant that names it. */
  Optional<Catch> at(long seed) {
    long begun = System.nanoTime();
    List<String> failure = run.apply(seed);
    if (failure.isEmpty()) {
      return Optional.empty();
    }
    String name = failure.get(0);
    if (!bug.caughtBy().contains(name)) {
      before.putIfAbsent(name, seed);
      return Optional.empty();
    }
    return Optional.of(
        new Catch(seed, name, failure.get(1), (System.nanoTime() - begun) / 1_000_000));
  }

  /** From the first seed on. */
  Optional<Catch> all() {
    long begun = System.nanoTime();
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      Optional<Catch> found = at(seed);
      if (found.isPresent()) {
        long ms = (System.nanoTime() - begun) / 1_000_000;
        return found.map(c -> new Catch(c.seed(), c.invariant(), c.text(), ms));
      }
    }
    return Optional.empty();
  }
}
