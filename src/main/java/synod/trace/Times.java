package synod.trace;

import java.util.List;
import java.util.Locale;

/** Moments as a reader sees them: since the trace began, or since the simulation did. */
record Times(long zero) {
  private static final long A_YEAR = 365L * 24 * 3_600 * 1_000_000;

  static Times of(List<Entry> entries) {
    long first = entries.stream().mapToLong(Entry::micros).min().orElse(0);
    return new Times(first < A_YEAR ? 0 : first);
  }

  String of(long micros) {
    return String.format(Locale.ROOT, "%.1f ms", (micros - zero) / 1_000.0);
  }
}
