package synod.load;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Has all clients begin at once and end at once. State: who is still on the way, whether it is
 * open, and whether the run is over.
 */
final class Gate {
  private final CountDownLatch missing;
  private final CountDownLatch opened = new CountDownLatch(1);
  private volatile boolean over;

  Gate(int clients) {
    this.missing = new CountDownLatch(clients);
  }

  /** Waits until it opens; after that, not at all. */
  void pass() throws InterruptedException {
    missing.countDown();
    opened.await();
  }

  /** Waits until all have come, at most that long. */
  boolean awaitAll(long ms) throws InterruptedException {
    return missing.await(ms, TimeUnit.MILLISECONDS);
  }

  void open() {
    opened.countDown();
  }

  /** Lets nobody send anything more. */
  void close() {
    over = true;
    opened.countDown();
  }

  boolean isOver() {
    return over;
  }
}
