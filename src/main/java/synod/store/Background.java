package synod.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import synod.paxos.StoreException;

/**
 * A thread for what takes long. What it runs fails for all: after a failure the whole store
 * refuses. Closing interrupts what runs and drops what waits, neither of which may be needed after
 * a restart.
 */
final class Background implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 10;

  private final Refusal refusal;
  private final ExecutorService thread;

  Background(String name, Refusal refusal) {
    this.refusal = refusal;
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread worker = new Thread(task, name);
              worker.setDaemon(true);
              return worker;
            });
  }

  /** Does nothing once it is closed. */
  void run(Runnable task) {
    try {
      thread.execute(() -> attempt(task));
    } catch (RejectedExecutionException closed) {
      // Whoever closes the store does not wait for this.
      return;
    }
  }

  /** Returns when all has run that was there to run. */
  void await() {
    CompletableFuture<Boolean> reached = new CompletableFuture<>();
    run(() -> reached.complete(true));
    reached.join();
  }

  private void attempt(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      if (!thread.isShutdown()) {
        refusal.behind(
            e instanceof StoreException failure
                ? failure
                : new StoreException("a fault of the store: " + e, e));
      }
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    try {
      thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
