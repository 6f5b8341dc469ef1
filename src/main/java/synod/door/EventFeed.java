package synod.door;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import synod.replica.Replica;

/**
 * What happens, line by line, on its way to one client: the events of a replica, or the commands of
 * its door. At most {@link #BOUND} lines wait; what comes while the client does not read is dropped
 * and counted, and it is told how many.
 */
final class EventFeed implements Feed {
  static final int BOUND = 1024;

  private static final Reply KIND = Reply.text("event");

  private final ArrayBlockingQueue<String> queue = new ArrayBlockingQueue<>(BOUND);
  private final AtomicLong dropped = new AtomicLong();
  private final LongAdder allDropped;
  private final Function<String, Reply> form;
  private final Runnable wake;
  private final Replica.Subscription subscription;

  private EventFeed(Source source, LongAdder allDropped, Runnable wake) {
    this.form = source.form();
    this.allDropped = allDropped;
    this.wake = wake;
    this.subscription = source.follow().apply(this::offer);
  }

  private record Source(
      Function<Consumer<String>, Replica.Subscription> follow, Function<String, Reply> form) {}

  static EventFeed ofEvents(Hall hall, Runnable wake) {
    Source source =
        new Source(hall.replica()::follow, line -> new Reply.Push(List.of(KIND, Reply.text(line))));
    return new EventFeed(source, hall.counters().eventsDropped, wake);
  }

  static EventFeed ofCommands(Hall hall, Runnable wake) {
    Source source = new Source(hall.monitors()::follow, Reply.Simple::new);
    return new EventFeed(source, hall.counters().monitorDropped, wake);
  }

  private void offer(String line) {
    if (!queue.offer(line)) {
      dropped.incrementAndGet();
      allDropped.increment();
    }
    wake.run();
  }

  @Override
  public boolean hasNext() {
    return !queue.isEmpty() || dropped.get() > 0;
  }

  /** The next line; where some are missing, how many. Lines that waited are older than those. */
  @Override
  public Reply next() {
    String line = queue.poll();
    return form.apply(
        line != null ? line : "dropped " + dropped.getAndSet(0) + " events: slow reader");
  }

  @Override
  public void close() {
    subscription.close();
  }
}
