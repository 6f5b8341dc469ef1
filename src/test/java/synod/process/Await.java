package synod.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition: as short as can be, and so long that only a fault gets there. */
final class Await {
  private static final Duration LONGEST = Duration.ofSeconds(90);
  private static final long PAUSE_NANOS = 5_000_000;

  private Await() {}

  /** Fails with {@code evidence} if the condition does not come true. */
  static void until(String what, BooleanSupplier condition, Supplier<String> evidence) {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError(
            "waited " + LONGEST.toSeconds() + " s for: " + what + "\n" + evidence.get());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
