package synod.process;

import java.util.List;

/** Waits for threads that have been told to end. */
final class Threads {
  private Threads() {}

  static void join(List<Thread> threads) {
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
