package synod.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A run, interval by interval. State: the intervals so far, the sum of all, and the sum of the
 * second that is not over.
 */
final class Course {
  private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

  private final Tally tally;
  private final long intervalNs;
  private final long beganNs;
  private final List<Span> spans = new ArrayList<>();
  private final Sum whole;
  private final Sum second;
  private long cutNs;

  Course(Tally tally, long intervalNs, long beganNs) {
    this.tally = tally;
    this.intervalNs = intervalNs;
    this.beganNs = beganNs;
    this.whole = new Sum(beganNs);
    this.second = new Sum(beganNs);
    this.cutNs = beganNs;
  }

  long beganNs() {
    return beganNs;
  }

  /** When the next interval ends: in step with the first, whenever the last cut was made. */
  long nextNs() {
    long next = beganNs + ((cutNs - beganNs) / intervalNs + 1) * intervalNs;
    return next - cutNs < intervalNs / 2 ? next + intervalNs : next;
  }

  /**
   * Ends an interval. The last one may be too short for a rate that says anything: then it counts
   * in the sums alone.
   */
  void cut(long nowNs) {
    Tally.Sample sample = tally.take();
    whole.add(sample);
    second.add(sample);
    if (nowNs - cutNs >= intervalNs / 2) {
      spans.add(Span.of(cutNs, nowNs, sample));
    }
    cutNs = nowNs;
  }

  /** The last second, or interval if that is longer, when it has just ended. */
  Optional<Progress> progress() {
    return cutNs - second.fromNs() > SECOND_NS - intervalNs / 2
        ? Optional.of(new Progress(second.take(cutNs), whole.until(cutNs)))
        : Optional.empty();
  }

  List<Span> spans() {
    return List.copyOf(spans);
  }

  /** From the beginning to the last cut. */
  Span whole() {
    return whole.until(cutNs);
  }
}
