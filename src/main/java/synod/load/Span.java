package synod.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A time of a run, and what the clients were answered in it.
 *
 * @param fromNs when it began
 * @param toNs when it ended
 */
public record Span(long fromNs, long toNs, Counts counts, Latency latency) {
  private static final double US = 1000;

  /** How the requests ended that ended in it. */
  public record Counts(long done, long refused, long unknown) {
    /** All that was not done, as far as anybody can say. */
    public long errors() {
      return refused + unknown;
    }
  }

  /** In ms, of what was done; 0 if nothing was. */
  public record Latency(double p50, double p99, double p999, double max) {}

  static Span of(long fromNs, long toNs, Tally.Sample sample) {
    Histogram latencies = sample.latencies();
    return new Span(
        fromNs,
        toNs,
        new Counts(latencies.getTotalCount(), sample.refused(), sample.unknown()),
        new Latency(
            percentile(latencies, 50),
            percentile(latencies, 99),
            percentile(latencies, 99.9),
            latencies.getMaxValue() / US));
  }

  private static double percentile(Histogram latencies, double percent) {
    return latencies.getValueAtPercentile(percent) / US;
  }

  /** What was done, each second. */
  public double rate() {
    return counts.done() * (double) TimeUnit.SECONDS.toNanos(1) / Math.max(1, toNs - fromNs);
  }

  /** Whether nothing was done. */
  public boolean isSilent() {
    return counts.done() == 0;
  }
}
