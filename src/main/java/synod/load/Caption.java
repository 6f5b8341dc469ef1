package synod.load;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What a picture says in words. */
record Caption(Result result) {
  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final double MS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

  String title() {
    return result.plan().toString();
  }

  /** What came of it, on one line. */
  String subtitle() {
    Span whole = result.whole();
    return String.format(
        Locale.ROOT,
        "%,d done, %,.0f ops/s, p50 %.2f ms, p99 %.2f ms; %,d refused, %,d unknown;"
            + " longest without an answer %.0f ms; %s",
        whole.counts().done(),
        whole.rate(),
        whole.latency().p50(),
        whole.latency().p99(),
        whole.counts().refused(),
        whole.counts().unknown(),
        result.silence().lengthNs() / MS,
        TIME.format(result.began()));
  }

  /** The unit of the rate, with the interval that each point stands for. */
  String rateAxis() {
    return "ops/s in each " + interval();
  }

  String latencyAxis() {
    return "latency in ms";
  }

  private String interval() {
    double seconds = result.plan().intervalNs() / SECOND;
    return seconds < 1
        ? String.format(Locale.ROOT, "%.0f ms", seconds * SECOND / MS)
        : String.format(Locale.ROOT, "%.1f s", seconds);
  }
}
