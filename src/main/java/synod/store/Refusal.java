package synod.store;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import synod.paxos.StoreException;

/**
 * The first failure of a store, after which all of it refuses (rule 4). One that happens on a
 * thread of the store's own reaches the next caller this way, and the alarm at once.
 */
final class Refusal {
  private final AtomicReference<@Nullable StoreException> first = new AtomicReference<>();
  private final Alarm alarm;
  private volatile boolean closing;

  Refusal(Alarm alarm) {
    this.alarm = alarm;
  }

  /** Runs it unless something has failed before. */
  <T> T guard(Supplier<T> call) {
    StoreException before = first.get();
    if (before != null) {
      throw new StoreException(String.valueOf(before.getMessage()), before);
    }
    try {
      return call.get();
    } catch (StoreException e) {
      if (isFirst(e)) {
        alarm.failed(e);
      }
      throw e;
    }
  }

  /** Whether nothing has failed so far. */
  boolean isOpen() {
    return first.get() == null;
  }

  /** There is no caller to be told. */
  void behind(StoreException failure) {
    if (isFirst(failure)) {
      alarm.failedBehind(failure);
    }
  }

  private boolean isFirst(StoreException failure) {
    return !closing && first.compareAndSet(null, failure);
  }

  /** What fails from now on fails because the store is being closed. */
  void close() {
    closing = true;
  }
}
