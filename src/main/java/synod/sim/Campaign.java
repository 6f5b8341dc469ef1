package synod.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** Many seeds, one after the other on each thread, until they are done or one fails. */
final class Campaign {
  private final AtomicLong next;
  private final long end;
  private final TreeMap<String, Long> events = new TreeMap<>();
  private final List<Failed> failed = new ArrayList<>();
  private long runs;
  private long empty;
  private long chosen;
  private long answered;
  private long outcomes;

  record Failed(long seed, Run.Failure failure) {}

  /** Of the seeds from {@code first} on, so many. */
  Campaign(long first, long count) {
    this.next = new AtomicLong(first);
    this.end = first + count;
  }

  /** Runs seeds on this thread, until none is left or {@code stop} says so. */
  void work(BooleanSupplier stop) {
    while (!stop.getAsBoolean() && failed().isEmpty()) {
      long seed = next.getAndIncrement();
      if (seed >= end) {
        return;
      }
      add(seed, Run.of(Swarm.draw(seed)));
    }
  }

  private synchronized void add(long seed, Run.Result result) {
    runs++;
    empty += result.isEmpty() ? 1 : 0;
    chosen += result.chosen();
    answered += result.answered();
    outcomes += result.outcomes();
    result.events().forEach((name, count) -> events.merge(name, count, Long::sum));
    result.failure().ifPresent(failure -> failed.add(new Failed(seed, failure)));
  }

  synchronized List<Failed> failed() {
    return List.copyOf(failed);
  }

  synchronized long runs() {
    return runs;
  }

  synchronized long outcomes() {
    return outcomes;
  }

  /** How often each kind of event has happened. */
  synchronized Map<String, Long> events() {
    return new TreeMap<>(events);
  }

  @Override
  public synchronized String toString() {
    return String.format(
        "%d histories (%d empty), %d slots chosen, %d requests done",
        runs, empty, chosen, answered);
  }
}
