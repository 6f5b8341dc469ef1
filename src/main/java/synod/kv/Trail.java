package synod.kv;

import java.util.ArrayList;
import java.util.List;

/**
 * The summaries after the last {@link #LENGTH} applied slots of this life, so that replicas that
 * are never at one slot at one time can be compared at all that both have passed. About half a MiB.
 * Safe for any thread.
 */
final class Trail {
  static final int LENGTH = 8192;

  private final StateSummary[] ring = new StateSummary[LENGTH];
  private long first;
  private long last = -1;

  /** Begins with what was found. */
  Trail(StateSummary found) {
    add(found);
  }

  /** What does not follow on the last, such as an installed snapshot, begins anew. */
  synchronized void add(StateSummary next) {
    if (next.applied() != last + 1) {
      first = next.applied();
    }
    last = next.applied();
    first = Math.max(first, last - LENGTH + 1);
    ring[(int) (last % LENGTH)] = next;
  }

  /** From that slot on, or from the oldest that is left, at most so many. */
  synchronized List<StateSummary> from(long slot, int count) {
    List<StateSummary> found = new ArrayList<>();
    for (long at = Math.max(slot, first); at <= last && found.size() < count; at++) {
      found.add(ring[(int) (at % LENGTH)]);
    }
    return found;
  }
}
