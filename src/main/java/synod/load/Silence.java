package synod.load;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The longest time in which nothing was done for anybody. State: when something was done last, and
 * the longest pause so far. Many may say at once that something was done.
 */
final class Silence {
  private final AtomicLong lastNs;
  private volatile Pause longest;

  Silence(long beganNs) {
    this.lastNs = new AtomicLong(beganNs);
    this.longest = new Pause(beganNs, 0);
  }

  /** Something was done, or the run has begun or ended. */
  void end(long nowNs) {
    long before = lastNs.getAndAccumulate(nowNs, Math::max);
    if (nowNs - before > longest.lengthNs()) {
      keep(new Pause(before, nowNs - before));
    }
  }

  private synchronized void keep(Pause pause) {
    if (pause.lengthNs() > longest.lengthNs()) {
      longest = pause;
    }
  }

  Pause longest() {
    return longest;
  }
}
