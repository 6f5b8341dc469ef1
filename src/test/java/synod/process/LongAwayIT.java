package synod.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A replica that was away for as many slots as one likes: {@code mvn -B verify -Dit.test=LongAwayIT
 * -Daway.slots=10000000}. The others have long truncated them. Tells how long it takes to be back,
 * the longest that a client of the leader waited meanwhile, and the memory of the one that takes
 * the state and of the one that gives it, as a curve and in {@code target/away.csv}.
 */
class LongAwayIT {
  private static final int SLOTS = Integer.getInteger("away.slots", 100_000);
  private static final int KEYS = Integer.getInteger("away.keys", Math.max(50_000, SLOTS / 10));
  private static final int LEFT_AT = 1_000;
  private static final int ONE = 5;
  private static final long QUIET_SECONDS = 5;

  private final Processes processes = new Processes();
  private final Away away = new Away(processes);

  @Test
  void comesBackWhileTheOthersServe(@TempDir Path directory) throws IOException {
    build(directory);
    try (processes) {
      processes.startIn(directory, "", Processes.ALL.subList(0, ONE - 1));
      int leader = processes.awaitLeader(Processes.ALL.subList(0, ONE - 1));
      try (Puts puts = new Puts(processes, leader)) {
        long quiet = puts.longestMsWithin(QUIET_SECONDS);
        long began = System.nanoTime();
        processes.start(ONE);
        MemoryCurve curve = sampleUntilBack();
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        long gap = puts.longestMsSince(began);

        assertFalse(processes.told(ONE, "took over the state at slot").isEmpty());
        assertTrue(puts.end() > 0);
        Stores.areEqual(processes);
        Path csv = Path.of(System.getProperty("synod.home", "."), "target", "away.csv");
        Files.writeString(csv, curve.csv());
        System.out.printf(
            "away for %d slots: back after %d ms; the longest put took %d ms, %d ms before; %s%n%s",
            SLOTS, took, gap, quiet, csv, curve.plot());
        assertEquals(List.of(), curve.growing());
      }
    }
  }

  private void build(Path directory) {
    long began = System.nanoTime();
    try (LongAgo ago = new LongAgo(directory.resolve("ago"), KEYS)) {
      ago.apply(LEFT_AT);
      ago.give(ONE, directory.resolve("data-" + ONE));
      ago.apply(LEFT_AT + SLOTS);
      for (int id = 1; id < ONE; id++) {
        ago.give(id, directory.resolve("data-" + id));
      }
    }
    System.out.printf(
        "%d slots over %d keys made in %d s%n",
        SLOTS, KEYS, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
  }

  private MemoryCurve sampleUntilBack() {
    MemoryCurve curve = new MemoryCurve();
    AtomicBoolean back = new AtomicBoolean();
    Thread waiting =
        new Thread(
            () -> {
              away.untilBack(ONE);
              back.set(true);
            },
            "await-back");
    waiting.start();
    long began = System.nanoTime();
    while (waiting.isAlive()) {
      int second = (int) TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
      curve.add(second, ONE, processes.process(ONE).pid());
      sender().ifPresent(id -> curve.add(second, id, processes.process(id).pid()));
    }
    assertTrue(back.get(), processes::lastLines);
    return curve;
  }

  private OptionalInt sender() {
    return processes.told(ONE, "receives the state at slot").isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(away.senderTo(ONE));
  }
}
