package synod.store;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Numbers the processes on a directory by the clock, in milliseconds since 2026 began. So two that
 * begin on copies of one directory get different numbers, which counting would not give them.
 */
final class Incarnations {
  /**
   * A clock beyond it is not believed: a session has 40 bits for the number, to the end of 2060.
   */
  static final long LATEST = (1L << 40) - (1L << 30);

  /** How far a process may be from the one before if the clock does not tell them apart. */
  static final int LONGEST_STEP = 1_000;

  private static final long BEGINNING = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  private Incarnations() {}

  /** Above {@code last}. */
  static long next(long last) {
    return next(last, System.currentTimeMillis() - BEGINNING, new SecureRandom());
  }

  /** A clock that was set back, or does not run yet, leaves it to chance. */
  static long next(long last, long now, RandomGenerator chance) {
    long clock = Math.min(now, LATEST);
    return clock > last ? clock : last + 1 + chance.nextInt(LONGEST_STEP);
  }
}
