package synod.door;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often a command was asked, and how long its answers took, from the arrival of the request to
 * when the answer was written. Times lie in buckets of microseconds, eight to each power of two: a
 * percentile is right to an eighth. Nothing is allocated for a call. Safe for any thread.
 */
final class CommandTimes {
  /** What takes longer lies in the last one: two minutes. */
  private static final int BUCKETS = 8 * 26;

  private final LongAdder calls = new LongAdder();
  private final LongAdder micros = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final AtomicLongArray buckets = new AtomicLongArray(BUCKETS);

  /** The command was carried out; {@code good}: and its answer is no error. */
  void carriedOut(long us, boolean good) {
    calls.increment();
    micros.add(us);
    buckets.incrementAndGet(bucket(us));
    if (!good) {
      failed.increment();
    }
  }

  /** The door refused the command before it began. */
  void reject() {
    rejected.increment();
  }

  long calls() {
    return calls.sum();
  }

  long micros() {
    return micros.sum();
  }

  long rejected() {
    return rejected.sum();
  }

  long failed() {
    return failed.sum();
  }

  /** The most that so much of all calls took, in microseconds; {@code share} is of 1. */
  long percentile(double share) {
    long rank = (long) Math.ceil(share * upTo(BUCKETS - 1));
    int bucket = 0;
    long seen = buckets.get(0);
    while (seen < rank && bucket < BUCKETS - 1) {
      bucket++;
      seen += buckets.get(bucket);
    }
    return highest(bucket);
  }

  /** How many calls took less than 2 to that power of microseconds. */
  long below(int power) {
    return upTo(bucket((1L << power) - 1));
  }

  private long upTo(int last) {
    long sum = 0;
    for (int i = 0; i <= last; i++) {
      sum += buckets.get(i);
    }
    return sum;
  }

  /** Below 8 each microsecond has its own; from there on the three bits below the first count. */
  static int bucket(long us) {
    if (us < 8) {
      return (int) Math.max(0, us);
    }
    int power = 63 - Long.numberOfLeadingZeros(us);
    int bucket = 8 * (power - 2) + (int) ((us >>> (power - 3)) & 7);
    return Math.min(bucket, BUCKETS - 1);
  }

  /** The longest time that lies in the bucket. */
  static long highest(int bucket) {
    if (bucket < 8) {
      return bucket;
    }
    int power = bucket / 8 + 2;
    return ((8L + bucket % 8 + 1) << (power - 3)) - 1;
  }
}
