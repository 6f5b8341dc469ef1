package synod.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;
import synod.paxos.Acceptance;
import synod.paxos.Batch;
import synod.paxos.Bytes;
import synod.paxos.Journal;
import synod.paxos.Life;
import synod.paxos.Lineage;
import synod.paxos.Standing;
import synod.paxos.StoreException;

class RocksJournalTest extends JournalContractTest {
  /** Bytes of the record that counts a sync. */
  private static final int MARK = 35;

  private static final Standing VOTING = Standing.of(Standing.Kind.VOTING);

  private final Closing closing = new Closing();
  private Path temporary;
  private Options options;
  private RocksJournal journal;

  @BeforeEach
  void open(@TempDir Path fresh) {
    temporary = fresh;
    options = closing.later(Directories.options());
    journal = open("journal");
  }

  @AfterEach
  void close() {
    closing.close();
  }

  @Override
  Journal journal() {
    return journal;
  }

  @Override
  Journal afterCrash() {
    Directories.copy(temporary.resolve("journal"), temporary.resolve("killed"));
    Directories.copy(temporary.resolve("journal.fence"), temporary.resolve("killed.fence"));
    return open("killed");
  }

  private RocksJournal open(String name) {
    return open(temporary.resolve(name), options);
  }

  /** With the fence of a voter, or the one that stands beside it. */
  private RocksJournal open(Path path, Options with) {
    Path fences = Directories.make(path.resolveSibling(path.getFileName() + ".fence"));
    Marks marks = FenceFiles.read(fences).newest().orElse(Marks.first(1, VOTING));
    Fence fence = closing.later(Fence.open(fences, marks.reopened()));
    return closing.later(RocksJournal.open(path, with, fence, Lineage.of(new Life(1, 1))));
  }

  @Test
  void closedAndOpenedItHoldsAllThatWasWrittenSyncedOrNot() {
    journal.promise(B1);
    journal.accept(acceptance(7, B1, "a"));

    journal.close();
    journal = open("journal");

    assertEquals(B1, journal.promised());
    assertEquals(Optional.of(acceptance(7, B1, "a")), journal.accepted(7));
  }

  @Test
  void whatIsClosedRefusesAndTheProcessLives() {
    journal.close();
    journal.close();

    assertThrows(StoreException.class, () -> journal.accept(acceptance(1, B1, "a")));
    assertThrows(StoreException.class, () -> journal.accepted(1));
    assertThrows(StoreException.class, () -> journal.accepted(1, 100));
    assertThrows(StoreException.class, journal::sync);
  }

  /** The process was killed, or the power cut, in the middle of a write: wherever that was. */
  @Test
  void opensOverALogWithATornTailWithoutTheRecordThatIsNotWhole() throws IOException {
    byte[] log = logOf(3);
    int record = log.length / 3;

    for (int cut = MARK + 1; cut <= record; cut += 7) {
      Path torn = withLog("torn" + cut, Arrays.copyOf(log, log.length - cut));
      assertEquals(List.of(1L, 2L), slots(torn), cut + " bytes cut");
    }
  }

  /** Room that the file system gave to the log and a crash left unwritten. */
  @Test
  void opensOverALogWithZerosBehindItsEnd() throws IOException {
    byte[] log = logOf(3);

    assertEquals(List.of(1L, 2L, 3L), slots(withLog("zeros", Arrays.copyOf(log, 5_000))));
  }

  /**
   * By default RocksDB would open without a word and forget every synced write behind the flipped
   * bit: an acceptor would un-say what it has said. Its length is left out: a record that seems to
   * end behind the file cannot be told from a torn one.
   */
  @Test
  void refusesALogWithAFlippedBitInAnyByteThatIsNoLength() throws IOException {
    byte[] log = logOf(3);
    int record = log.length / 3;

    for (int at = record; at < 2 * record; at++) {
      if (!List.of(4, 5, record - MARK + 4, record - MARK + 5).contains(at % record)) {
        byte[] flipped = log.clone();
        flipped[at] ^= (byte) (1 << at % 8);
        Path path = withLog("flipped" + at, flipped);
        String refusal = refusal(path);
        assertTrue(refusal.startsWith("cannot open " + path + ": Corruption: "), refusal);
      }
    }
  }

  @Test
  void aGroupOfWritesCostsOneSync() {
    assertEquals(2, syncsOfTwoGroups(true));
  }

  @Test
  void withoutSyncingNothingIsSyncedAndAKillLosesNothingAllTheSame() throws IOException {
    assertEquals(0, syncsOfTwoGroups(false));

    Path killed = Directories.copy(temporary.resolve("counted"), temporary.resolve("killed"));
    assertEquals(List.of(1L, 2L, 3L, 4L), slots(killed));
  }

  private long syncsOfTwoGroups(boolean syncing) {
    Options counting = closing.later(new Options(Alarm.none(), syncing));
    Statistics counters = closing.later(new Statistics());
    counting.journal().database().setStatistics(counters);
    Path path = temporary.resolve("counted");
    RocksJournal counted = open(path, counting);
    long before = counters.getTickerCount(TickerType.WAL_FILE_SYNCED);
    for (long slot = 1; slot <= 4; slot++) {
      counted.accept(acceptance(slot, B1, "x"));
      if (slot % 2 == 0) {
        counted.sync();
      }
    }
    return counters.getTickerCount(TickerType.WAL_FILE_SYNCED) - before;
  }

  /** The log of a journal with so many synced slots, each a record of the same size and a count. */
  private byte[] logOf(int slots) throws IOException {
    for (long slot = 1; slot <= slots; slot++) {
      journal.accept(acceptance(slot, B1, "x".repeat(50)));
      journal.sync();
    }
    return Files.readAllBytes(Directories.log(temporary.resolve("journal")));
  }

  /** What a kill leaves of the journal, but with this log. */
  private Path withLog(String name, byte[] log) throws IOException {
    Path copy = Directories.copy(temporary.resolve("journal"), temporary.resolve(name));
    Files.write(Directories.log(copy), log);
    return copy;
  }

  private String refusal(Path path) {
    StoreException refusal = assertThrows(StoreException.class, () -> open(path, options));
    return String.valueOf(refusal.getMessage());
  }

  private List<Long> slots(Path path) {
    try (RocksJournal opened = open(path, options)) {
      return slots(opened);
    }
  }

  private static List<Long> slots(Journal from) {
    return from.accepted(1, 1_000_000).stream().map(Acceptance::slot).toList();
  }

  /** What is truncated is a bound on the disk, also of a replica that then falls silent. */
  @Test
  void truncatedSlotsLeaveTheDisk() {
    Random random = new Random(7);
    long[] slot = {0};
    Runnable much =
        () -> {
          for (int i = 0; i < 64; i++) {
            byte[] megabyte = new byte[1 << 20];
            random.nextBytes(megabyte);
            journal.accept(new Acceptance(++slot[0], B1, new Batch(1, Bytes.of(megabyte))));
            journal.sync();
          }
        };
    Path path = temporary.resolve("journal");

    for (int round = 0; round < 3; round++) {
      much.run();
      journal.truncate(slot[0] - 1);
      journal.sync();
    }

    // Logs up to their bound of 64 MiB, and the tables that are too few yet for a compaction.
    long kept = awaitAtMost(112 << 20, path);
    assertTrue(kept < 112 << 20, kept + " bytes kept of 192 MiB");
    assertEquals(List.of(slot[0]), slots(journal));
  }

  /** Files go on threads of RocksDB's own. Returns the bytes at last. */
  private static long awaitAtMost(long bytes, Path path) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (Directories.size(path) >= bytes && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    return Directories.size(path);
  }
}
