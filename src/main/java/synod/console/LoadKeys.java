package synod.console;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import synod.load.Keys;
import synod.load.Plan;

/** Puts the keys of a load into the store and takes them out again, many with each request. */
final class LoadKeys {
  private static final int MOST = 200;
  private static final int MOST_BYTES = 256 << 10;
  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(20);
  private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Doors doors;
  private final Plan plan;

  LoadKeys(Doors doors, Plan plan) {
    this.doors = doors;
    this.plan = plan;
  }

  void put() throws CommandFailed {
    String value = "x".repeat(plan.valueBytes());
    int piece = Math.max(1, Math.min(MOST, MOST_BYTES / plan.valueBytes()));
    for (int from = 0; from < plan.keys(); from += piece) {
      List<String> words = new ArrayList<>(List.of("MSET"));
      for (int key = from; key < Math.min(plan.keys(), from + piece); key++) {
        words.add(Keys.name(key));
        words.add(value);
      }
      ask(words);
    }
  }

  /** Also those that a load with more keys has left here when its console was ended. */
  void remove() throws CommandFailed {
    for (int from = 0; from < Plan.MOST_KEYS; from += MOST) {
      List<String> words = new ArrayList<>(List.of("DEL"));
      for (int key = from; key < Math.min(Plan.MOST_KEYS, from + MOST); key++) {
        words.add(Keys.name(key));
      }
      ask(words);
    }
  }

  /** A store that has just been asked for more than it can do is busy for a while. */
  private void ask(List<String> words) throws CommandFailed {
    long end = System.nanoTime() + PATIENCE_NS;
    while (true) {
      try {
        doors.ask(words.toArray(String[]::new));
        return;
      } catch (CommandFailed e) {
        if (!e.getMessage().startsWith("BUSY") || System.nanoTime() - end > 0) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE_NS);
      }
    }
  }
}
