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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.paxos.Journal;
import synod.paxos.StoreException;

class RocksJournalTest extends JournalContractTest {
  private final Closing closing = new Closing();
  private Path temporary;
  private Options options;
  private RocksJournal journal;

  @BeforeEach
  void open(@TempDir Path fresh) {
    temporary = fresh;
    options = closing.later(new Options());
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
    return open("killed");
  }

  private RocksJournal open(String name) {
    return closing.later(RocksJournal.open(temporary.resolve(name), options, true));
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

  /** The process was killed, or the power cut, in the middle of a write. */
  @Test
  void opensOverALogWithATornTailWithoutWhatWasNotWhole() throws IOException {
    writeSynced(100);
    Path log = logOfKilled();
    byte[] bytes = Files.readAllBytes(log);

    Files.write(log, Arrays.copyOf(bytes, bytes.length - 5));
    List<Long> slots = slots(open("killed"));

    assertEquals(99, slots.size());
    assertEquals(99, slots.get(98));
  }

  /**
   * By default RocksDB would open without a word and forget every synced write behind the flipped
   * bit: an acceptor would un-say what it has said (FAULTS.md, finding 1).
   */
  @Test
  void refusesALogWithAFlippedBitInItsMiddle() throws IOException {
    writeSynced(100);
    Path log = logOfKilled();
    byte[] bytes = Files.readAllBytes(log);

    bytes[bytes.length / 2] ^= 1;
    Files.write(log, bytes);
    StoreException refusal = assertThrows(StoreException.class, () -> open("killed"));

    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains("cannot open " + temporary.resolve("killed")), message);
    assertTrue(message.contains("Corruption: checksum mismatch"), message);
  }

  private void writeSynced(int slots) {
    for (long slot = 1; slot <= slots; slot++) {
      journal.accept(acceptance(slot, B1, "x".repeat(200)));
      journal.sync();
    }
  }

  private Path logOfKilled() {
    return Directories.log(
        Directories.copy(temporary.resolve("journal"), temporary.resolve("killed")));
  }

  private static List<Long> slots(Journal journal) {
    return journal.accepted(1, 1_000_000).stream().map(acceptance -> acceptance.slot()).toList();
  }
}
