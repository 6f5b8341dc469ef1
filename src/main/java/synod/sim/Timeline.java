package synod.sim;

import java.util.PriorityQueue;

/**
 * Virtual time, in microseconds, and what is to happen. What is due at the same moment happens in
 * the order in which it was planned.
 */
final class Timeline {
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
