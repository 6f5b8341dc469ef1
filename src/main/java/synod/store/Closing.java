package synod.store;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import synod.paxos.StoreException;

/** What is to be closed, the last first. One that fails does not keep the others open. */
final class Closing implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  synchronized <T extends AutoCloseable> T later(T closeable) {
    open.push(closeable);
    return closeable;
  }

  @Override
  public synchronized void close() {
    @Nullable StoreException first = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        first =
            first == null ? new StoreException("cannot close a store: " + e.getMessage()) : first;
        first.addSuppressed(e);
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /** Closes while the exception is on its way: what closing adds must not hide it. */
  void afterFailure(RuntimeException why) {
    try {
      close();
    } catch (StoreException e) {
      why.addSuppressed(e);
    }
  }
}
