package synod.load;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What came out of a run. All times but one are those of {@link System#nanoTime}.
 *
 * @param began by the calendar
 * @param whole all of it
 * @param spans interval by interval
 * @param silence the longest time without an answer to anybody
 * @param refusal why the first request was refused; empty if none was
 * @param doubt why the first outcome is unknown; empty if none is
 */
public record Result(
    Plan plan,
    Instant began,
    Span whole,
    List<Span> spans,
    Pause silence,
    String refusal,
    String doubt) {
  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

  /** A moment in seconds since the beginning. */
  public double seconds(long ns) {
    return (ns - whole.fromNs()) / SECOND;
  }

  /** The intervals in which nothing was done, one for all that follow each other. */
  List<Pause> silences() {
    List<Pause> silences = new ArrayList<>();
    long endedNs = Long.MIN_VALUE;
    for (Span span : spans.stream().filter(Span::isSilent).toList()) {
      boolean goesOn = span.fromNs() == endedNs;
      long from = goesOn ? silences.remove(silences.size() - 1).fromNs() : span.fromNs();
      silences.add(new Pause(from, span.toNs() - from));
      endedNs = span.toNs();
    }
    return silences;
  }
}
