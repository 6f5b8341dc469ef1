package synod.door;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all connections of a door may take together: requests that are not answered yet,
 * and answers that the network has not taken yet. Safe for any thread.
 */
final class Budget {
  private final AtomicLong used = new AtomicLong();
  private final long bound;

  Budget(long bound) {
    this.bound = bound;
  }

  /** Whether there was room. */
  private boolean take(long bytes) {
    if (used.addAndGet(bytes) <= bound) {
      return true;
    }
    used.addAndGet(-bytes);
    return false;
  }

  long used() {
    return used.get();
  }

  /** From half of it on each connection makes do with one request at a time. */
  boolean isCrowded() {
    return used.get() >= bound / 2;
  }

  /** Nothing large begins any more. */
  boolean isFull() {
    return used.get() >= bound;
  }

  Share share() {
    return new Share();
  }

  /** What one connection has of it. For the event loop of that connection. */
  final class Share {
    private long held;
    private boolean closed;

    long held() {
      return held;
    }

    /** Whether there was room for it. */
    boolean take(long bytes) {
      boolean room = !closed && Budget.this.take(bytes);
      held += room ? bytes : 0;
      return room;
    }

    /** Takes what is there already, room or not. */
    void force(long bytes) {
      if (!closed) {
        used.addAndGet(bytes);
        held += bytes;
      }
    }

    void give(long bytes) {
      if (!closed) {
        used.addAndGet(-bytes);
        held -= bytes;
      }
    }

    /** Gives all back; what comes later costs nothing. */
    void close() {
      give(held);
      closed = true;
    }
  }
}
