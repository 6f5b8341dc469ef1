package synod.sim;

import java.util.List;
import java.util.function.LongFunction;

/**
 * Runs a seed, and tells the name of the failure and its text; nothing if there is none. A {@link
 * PatchedLoader} makes it, so that nothing but types of the JDK may cross.
 */
public final class SeedRun implements LongFunction<List<String>> {
  @Override
  public List<String> apply(long seed) {
    return Run.of(Swarm.draw(seed))
        .failure()
        .map(failure -> List.of(failure.name(), failure.message()))
        .orElse(List.of());
  }
}
