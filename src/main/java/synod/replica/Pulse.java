package synod.replica;

import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * How often a replica's roles look at the time: at each beat while there is anything to do, and
 * seldom otherwise. What an idle replica waits for is keep-alives and their absence, and no look of
 * the roles makes those come sooner; but each wakes two threads on each replica.
 *
 * <p>Whoever has something for the roles {@linkplain #stir stirs} first. Then they look at once, so
 * that the time which they go by is never an idle one's.
 */
final class Pulse {
  private final int calmBeats;
  private final int restingBeats;
  private final BooleanSupplier uneasy;
  private final Runnable tick;
  private final Executor loop;
  private volatile boolean stirred = true;
  private volatile boolean resting;
  private int calm;

  /**
   * @param calmBeats after so many without anything to do it rests
   * @param restingBeats while it rests it ticks once in so many
   */
  record Pace(int calmBeats, int restingBeats) {
    /** It rests after {@code suspect}, and ticks then in time for the next keep-alive. */
    static Pace of(Settings.Liveness liveness) {
      long tick = liveness.tick().toNanos();
      return new Pace(
          (int) (liveness.suspect().toNanos() / tick),
          (int) Math.max(1, liveness.keepAlive().toNanos() / tick));
    }
  }

  /**
   * @param uneasy whether there is something to do that nobody tells of
   * @param loop runs what it is given on the thread of {@link #beat}, at once if it is on that
   */
  Pulse(Pace pace, BooleanSupplier uneasy, Runnable tick, Executor loop) {
    this.calmBeats = pace.calmBeats();
    this.restingBeats = pace.restingBeats();
    this.uneasy = uneasy;
    this.tick = tick;
    this.loop = loop;
  }

  /** Once a tick's time, on the loop. */
  void beat() {
    calm = stirred || uneasy.getAsBoolean() ? 0 : calm + 1;
    stirred = false;
    resting = calm > calmBeats;
    if (!resting || calm % restingBeats == 0) {
      tick.run();
    }
  }

  /** There is something to do. */
  void stir() {
    if (!stirred) {
      stirred = true;
      if (resting) {
        loop.execute(this::wake);
      }
    }
  }

  private void wake() {
    if (resting) {
      resting = false;
      tick.run();
    }
  }
}
