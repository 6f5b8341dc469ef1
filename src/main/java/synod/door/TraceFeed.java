package synod.door;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import synod.replica.Replica;
import synod.trace.Entry;
import synod.trace.Lines;

/**
 * What a replica writes down for a trace on its way to one client. At most {@link #BOUND} entries
 * wait; what comes while the client does not read is dropped and counted, and it is told how many.
 */
final class TraceFeed implements Feed {
  static final int BOUND = 8192;

  private static final Reply KIND = Reply.text("trace");

  private final ArrayBlockingQueue<Entry> queue = new ArrayBlockingQueue<>(BOUND);
  private final AtomicLong dropped = new AtomicLong();
  private final Counters counters;
  private final Runnable wake;
  private final Replica.Subscription subscription;

  TraceFeed(Hall hall, Runnable wake) {
    this.counters = hall.counters();
    this.wake = wake;
    this.subscription = hall.replica().trace(this::offer);
  }

  private void offer(Entry entry) {
    if (!queue.offer(entry)) {
      dropped.incrementAndGet();
      counters.eventsDropped.increment();
    }
    wake.run();
  }

  @Override
  public boolean hasNext() {
    return !queue.isEmpty() || dropped.get() > 0;
  }

  /** The next entry; where some are missing, how many. Entries that waited are older than those. */
  @Override
  public Reply next() {
    Entry entry = queue.poll();
    String line = entry != null ? Lines.write(entry) : Lines.dropped(dropped.getAndSet(0));
    return new Reply.Push(List.of(KIND, Reply.text(line)));
  }

  @Override
  public void close() {
    subscription.close();
  }
}
