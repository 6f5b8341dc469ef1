package synod.load;

import org.HdrHistogram.Histogram;

/** Adds up samples. State: the sum, and since when. */
final class Sum {
  private final Histogram latencies = Tally.histogram();
  private long refused;
  private long unknown;
  private long fromNs;

  Sum(long fromNs) {
    this.fromNs = fromNs;
  }

  void add(Tally.Sample sample) {
    latencies.add(sample.latencies());
    refused += sample.refused();
    unknown += sample.unknown();
  }

  long fromNs() {
    return fromNs;
  }

  /** All of it, until now. */
  Span until(long nowNs) {
    return Span.of(fromNs, nowNs, new Tally.Sample(latencies, refused, unknown));
  }

  /** All of it, and begins again with nothing. */
  Span take(long nowNs) {
    Span span = until(nowNs);
    latencies.reset();
    refused = 0;
    unknown = 0;
    fromNs = nowNs;
    return span;
  }
}
