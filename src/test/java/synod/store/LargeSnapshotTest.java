package synod.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.kv.Machine;
import synod.kv.StateStore;
import synod.kv.StateSummary;
import synod.kv.Transfers;
import synod.paxos.Bytes;
import synod.paxos.Snapshot;
import synod.paxos.Snapshots;
import synod.paxos.Snapshots.Stage;

/** A hundred thousand keys: nothing waits for a snapshot, and nothing holds one in memory. */
class LargeSnapshotTest {
  private static final int KEYS = Integer.getInteger("synod.test.keys", 100_000);
  private static final int AT_ONCE = 100;
  private static final int PIECE = 128 << 10;
  private static final int KEY_SIZE = 300;

  @Test
  void applyingGoesOnWhileAndTheTakerIsEqual(@TempDir Path temporary) {
    try (Options options = Directories.options();
        RocksState maker = RocksState.open(temporary.resolve("maker"), options);
        RocksState taker = RocksState.open(temporary.resolve("taker"), options)) {
      Machine machine = Machine.open(maker);
      while (machine.applied() < KEYS / AT_ONCE) {
        apply(machine);
      }

      long longest = longestApplyWhileOneIsMade(maker, machine);
      Snapshot snapshot = maker.snapshots().newest().orElseThrow();
      send(maker.snapshots(), taker.snapshots(), snapshot);
      taker.awaitBehind();
      assertEquals(Stage.SOUND, taker.snapshots().stage());
      Machine other = Machine.open(taker);
      other.install();

      assertEquals(snapshot.slot(), other.applied());
      assertTrue(machine.applied() > snapshot.slot());
      StateSummary summary = other.summary();
      assertEquals(summary, other.recount());
      System.out.printf(
          "%d keys, a snapshot of %d KiB: the longest apply meanwhile took %d ms%n",
          summary.keys(), snapshot.bytes() >> 10, longest);
    }
  }

  private static long longestApplyWhileOneIsMade(StateStore store, Machine machine) {
    store.snapshots().make();
    long longest = 0;
    do {
      long began = System.nanoTime();
      apply(machine);
      longest = Math.max(longest, System.nanoTime() - began);
    } while (store.snapshots().newest().isEmpty());
    return TimeUnit.NANOSECONDS.toMillis(longest);
  }

  private static void apply(Machine machine) {
    long slot = machine.applied() + 1;
    machine.apply(
        slot,
        Transfers.put(
            slot,
            IntStream.range(0, AT_ONCE)
                .mapToObj(i -> key((slot * AT_ONCE + i) % KEYS))
                .toArray(String[]::new)),
        false);
  }

  /** Long, and nothing that can be compressed. */
  private static String key(long number) {
    return new SplittableRandom(number)
        .ints(KEY_SIZE, '!', '~')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static void send(Snapshots from, Snapshots to, Snapshot snapshot) {
    to.receive(snapshot);
    while (to.received() < snapshot.bytes()) {
      Optional<Bytes> piece = from.read(snapshot, to.received(), PIECE);
      to.append(piece.orElseThrow());
    }
  }
}
