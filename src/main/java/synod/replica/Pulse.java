package synod.replica;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import synod.link.Loop;

/**
 * How often a replica's roles look at the time: at each tick while there is anything to do, and
 * less often when there has been nothing for a while. An idle replica waits for keep-alives and
 * their absence, and no look of the roles makes those come sooner; but each look wakes two threads.
 *
 * <p>Whoever has something for the roles {@linkplain #stir stirs} first. Then they look at once, so
 * that the time which they go by is never an idle one's.
 */
final class Pulse {
  private final Timer timer;
  private final Pace pace;
  private final BooleanSupplier uneasy;
  private final Runnable look;
  private volatile boolean stirred = true;
  private volatile boolean resting;
  private Runnable cancel = () -> {};
  private int calm;
  private boolean stopped;

  /** The thread on which all of this happens, but for {@link #stir}. */
  interface Timer {
    /** Returns what cancels it. */
    Runnable after(Duration delay, Runnable what);

    /** At once if this is the thread, else soon. */
    void run(Runnable what);

    static Timer of(Loop loop) {
      return new Timer() {
        @Override
        public Runnable after(Duration delay, Runnable what) {
          var future = loop.after(delay, what);
          return () -> future.cancel(false);
        }

        @Override
        public void run(Runnable what) {
          loop.run(what);
        }
      };
    }
  }

  /**
   * @param tick between two looks
   * @param calm it rests after so many looks for nothing
   * @param rest between two looks then
   */
  record Pace(Duration tick, int calm, Duration rest) {
    /** It rests after {@code suspect}, and looks twice in a keep-alive then. */
    static Pace of(Settings.Liveness liveness) {
      Duration tick = liveness.tick();
      Duration half = liveness.keepAlive().dividedBy(2);
      return new Pace(
          tick,
          Math.toIntExact(liveness.suspect().dividedBy(tick)),
          half.compareTo(tick) > 0 ? half : tick);
    }
  }

  /**
   * @param uneasy whether there is something to do that nobody tells of
   * @param look has the roles look at the time
   */
  Pulse(Timer timer, Pace pace, BooleanSupplier uneasy, Runnable look) {
    this.timer = timer;
    this.pace = pace;
    this.uneasy = uneasy;
    this.look = look;
  }

  /** The first look is a tick from now. */
  void start() {
    timer.run(this::next);
  }

  /** For good: who stirs it now wakes nobody. */
  void stop() {
    timer.run(
        () -> {
          stopped = true;
          cancel.run();
        });
  }

  /** There is something to do. From any thread. */
  void stir() {
    if (!stirred) {
      stirred = true;
      if (resting) {
        timer.run(this::wake);
      }
    }
  }

  private void wake() {
    if (resting && !stopped) {
      cancel.run();
      beat();
    }
  }

  private void beat() {
    calm = stirred || uneasy.getAsBoolean() ? 0 : calm + 1;
    stirred = false;
    resting = calm > pace.calm();
    look.run();
    next();
  }

  private void next() {
    cancel = timer.after(resting ? pace.rest() : pace.tick(), this::beat);
  }
}
