package synod.load;

import java.util.concurrent.TimeUnit;

/** How a run goes: the last second, and all until now. */
public record Progress(Span last, Span whole) {
  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Since the beginning. */
  public double seconds() {
    return (whole.toNs() - whole.fromNs()) / SECOND;
  }
}
