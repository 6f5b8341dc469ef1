package synod.process;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** What all clients of a soak have seen. Safe for any thread. */
final class SoakLedger {
  private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  final LongAdder done = new LongAdder();
  final LongAdder notDone = new LongAdder();
  final LongAdder unknown = new LongAdder();
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private final List<Long> gaps = new ArrayList<>();
  private volatile boolean ending;
  private OptionalLong last = OptionalLong.empty();

  void end() {
    ending = true;
  }

  boolean ending() {
    return ending;
  }

  /** An answer came: the time since the last one is a gap if it was long. */
  synchronized void heard() {
    long now = System.nanoTime();
    long gap = now - last.orElse(now);
    if (gap > GAP_NANOS) {
      gaps.add(TimeUnit.NANOSECONDS.toMillis(gap));
    }
    last = OptionalLong.of(now);
  }

  void fault(String what) {
    faults.add(what);
  }

  List<String> faults() {
    return faults;
  }

  synchronized String summary() {
    return String.format(
        "%d done, %d not done, %d unknown; %d gaps of more than 200 ms, the longest %d ms",
        done.sum(),
        notDone.sum(),
        unknown.sum(),
        gaps.size(),
        gaps.stream().mapToLong(Long::longValue).max().orElse(0));
  }
}
