package synod.door;

import java.util.function.LongSupplier;

/**
 * How fast a counter has grown of late: over the last {@link #SAMPLES} looks at it. State: these
 * looks, the newest at {@code next - 1}. One thread looks, any may ask.
 */
final class Rate {
  /** Of half a second each. */
  private static final int SAMPLES = 4;

  private final LongSupplier counter;
  private final long[] counts = new long[SAMPLES];
  private final long[] times = new long[SAMPLES];
  private int looks;
  private volatile long perSecond;

  Rate(LongSupplier counter) {
    this.counter = counter;
  }

  void look(long now) {
    int at = looks % SAMPLES;
    int oldest = looks < SAMPLES ? 0 : at;
    long count = counter.getAsLong();
    if (looks > 0 && now - times[oldest] > 0) {
      double grown = (double) count - counts[oldest];
      perSecond = Math.round(grown * 1e9 / (now - times[oldest]));
    }
    counts[at] = count;
    times[at] = now;
    looks++;
  }

  long perSecond() {
    return perSecond;
  }
}
