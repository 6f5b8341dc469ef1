package synod.sim;

import java.util.PriorityQueue;
import synod.paxos.Invariant;

/**
 * Virtual time, in microseconds, and what is to happen. What is due at the same moment happens in
 * the order in which it was planned.
 */
final class Timeline {
  /** Some hundred times what a long run needs: whoever plans more goes round in circles. */
  private static final long MOST = 5_000_000;

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private long now;
  private long planned;

  private record Entry(long time, long number, Runnable what) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry that) {
      return time != that.time ? Long.compare(time, that.time) : Long.compare(number, that.number);
    }
  }

  long now() {
    return now;
  }

  /** Plans something; at once if the time is over. */
  void at(long time, Runnable what) {
    Invariant.check(planned < MOST, "endless: %s events within %s us", planned, now);
    entries.add(new Entry(Math.max(time, now), planned++, what));
  }

  void in(long micros, Runnable what) {
    at(now + micros, what);
  }

  /** Lets time pass, up to and including this moment. */
  void run(long until) {
    while (!entries.isEmpty() && entries.element().time() <= until) {
      Entry next = entries.remove();
      now = next.time();
      next.what().run();
    }
    now = Math.max(now, until);
  }
}
