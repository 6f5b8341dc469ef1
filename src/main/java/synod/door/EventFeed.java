package synod.door;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import synod.replica.Replica;

/**
 * The events of a replica on their way to one client. At most {@link #BOUND} wait; what comes while
 * the client does not read is dropped and counted, and it is told how many.
 */
final class EventFeed implements Feed {
  static final int BOUND = 1024;

  private static final Reply KIND = Reply.text("event");

  private final ArrayBlockingQueue<String> queue = new ArrayBlockingQueue<>(BOUND);
  private final AtomicLong dropped = new AtomicLong();
  private final Counters counters;
  private final Runnable wake;
  private final Replica.Subscription subscription;

  EventFeed(Hall hall, Runnable wake) {
    this.counters = hall.counters();
    this.wake = wake;
    this.subscription = hall.replica().follow(this::offer);
  }

  private void offer(String event) {
    if (!queue.offer(event)) {
      dropped.incrementAndGet();
      counters.eventsDropped.increment();
    }
    wake.run();
  }

  @Override
  public boolean hasNext() {
    return !queue.isEmpty() || dropped.get() > 0;
  }

  /** The next event; where some are missing, how many. Events that waited are older than those. */
  @Override
  public Reply next() {
    String event = queue.poll();
    String text =
        event != null ? event : "dropped " + dropped.getAndSet(0) + " events: slow reader";
    return new Reply.Push(List.of(KIND, Reply.text(text)));
  }

  @Override
  public void close() {
    subscription.close();
  }
}
