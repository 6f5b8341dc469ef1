package synod.load;

import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * What the clients were answered since it was looked at last. State: latencies in microseconds,
 * counts, and the words of a first refusal and of a first doubt. All clients write to it at once
 * and do not wait for each other; one thread reads.
 */
final class Tally {
  /** Longer than anybody waits for an answer. */
  private static final long LONGEST_US = 60_000_000;

  private static final int DIGITS = 3;
  private static final long NS = 1000;

  private final Recorder recorder = new Recorder(LONGEST_US, DIGITS);
  private final LongAdder refused = new LongAdder();
  private final LongAdder unknown = new LongAdder();
  private volatile String refusal = "";
  private volatile String doubt = "";
  private Histogram taken = recorder.getIntervalHistogram();
  private volatile Silence silence = new Silence(0);

  /**
   * Answers of some time.
   *
   * @param latencies of all that was done, in microseconds; good until the next sample is taken
   */
  record Sample(Histogram latencies, long refused, long unknown) {}

  /** An empty histogram for any latency. */
  static Histogram histogram() {
    return new Histogram(LONGEST_US, DIGITS);
  }

  /** The run begins. */
  void begin(long nowNs) {
    silence = new Silence(nowNs);
  }

  void done(long sentNs, long answeredNs) {
    recorder.recordValue(Math.min(LONGEST_US, (answeredNs - sentNs) / NS));
    silence.end(answeredNs);
  }

  /** The door said no, in these words. */
  void refused(String words) {
    refused.increment();
    refusal = refusal.isEmpty() ? words : refusal;
  }

  /** Nobody can say, for this reason. */
  void unknown(String why) {
    unknown.increment();
    doubt = doubt.isEmpty() ? why : doubt;
  }

  /** What came since this was called last. */
  Sample take() {
    taken = recorder.getIntervalHistogram(taken);
    return new Sample(taken, refused.sumThenReset(), unknown.sumThenReset());
  }

  /** Why one of the first was refused; empty if none was. */
  String refusal() {
    return refusal;
  }

  /** Why one of the first is unknown; empty if none is. */
  String doubt() {
    return doubt;
  }

  /** The longest time without an answer, if the run ends now. */
  Pause silence(long nowNs) {
    silence.end(nowNs);
    return silence.longest();
  }
}
