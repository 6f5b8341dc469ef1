package synod.sim;

import java.util.SplittableRandom;

/**
 * The clock of one machine: it shows another time than the others, runs at a rate of its own, and
 * jumps.
 */
final class SkewedClock {
  private static final long SOME_TIME = 1_000_000_000_000L;

  private final Timeline timeline;
  private final Plan plan;

  /** In a thousand. */
  private final long rate;

  private long offset;

  SkewedClock(Timeline timeline, Plan plan, SplittableRandom random) {
    this.timeline = timeline;
    this.plan = plan;
    long skew = plan.get(Knob.SKEW);
    this.rate = 1_000 - skew + random.nextLong(2 * skew + 1);
    this.offset = SOME_TIME + (skew == 0 ? 0 : random.nextLong(5_000_000));
  }

  /** In whole ms. */
  long ms() {
    return (timeline.now() * rate / 1_000 + offset) / 1_000;
  }

  /** The microseconds between two looks at this clock, which think that they are a tick apart. */
  long tick() {
    return plan.get(Knob.TICK) * 1_000_000 / rate;
  }

  void jump(long ms) {
    offset += ms * 1_000;
  }
}
