package synod.replica;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Milliseconds since 1970 as of the start of the process, and from then on by the monotonic clock:
 * they never fall and never jump, whatever is done to the wall clock.
 */
final class MonotonicClock implements LongSupplier {
  private final long wall = System.currentTimeMillis();
  private final long start = System.nanoTime();

  @Override
  public long getAsLong() {
    return wall + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }
}
