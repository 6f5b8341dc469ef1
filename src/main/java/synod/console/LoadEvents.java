package synod.console;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import synod.load.Headlines;
import synod.load.Mark;

/**
 * Hears what happens at the replicas during a load, also of those that come back meanwhile. State:
 * the headlines, and the connection to each replica.
 */
final class LoadEvents implements AutoCloseable {
  private static final long PAUSE_MS = 200;
  private static final long FIRST_MS = 1000;

  private final Headlines headlines;
  private final Map<Integer, Events> open = new ConcurrentHashMap<>();
  private final CountDownLatch first;
  private volatile boolean closed;

  /** Follows them all; who leads now is no news. */
  LoadEvents(List<Address> replicas, int leader) {
    this.headlines = new Headlines(leader);
    this.first = new CountDownLatch(replicas.size());
    for (Address address : replicas) {
      Daemon.start("load-events-" + address.id(), () -> follow(address));
    }
  }

  /** Waits until all that are up are followed; not for long, since one may hang. */
  boolean awaitFirst() throws InterruptedException {
    return first.await(FIRST_MS, TimeUnit.MILLISECONDS);
  }

  private void follow(Address address) {
    try {
      while (!closed) {
        try (Events events = new Events(List.of(address), this::hear)) {
          open.put(address.id(), events);
          first.countDown();
          if (!closed) {
            events.over().await();
          }
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void hear(int id, String event) {
    if (!closed) {
      headlines.hear(id, event, System.nanoTime());
    }
  }

  List<Mark> marks() {
    return headlines.marks();
  }

  @Override
  public void close() {
    closed = true;
    open.values().forEach(Events::close);
  }
}
