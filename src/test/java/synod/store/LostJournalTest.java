package synod.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.paxos.Acceptance;
import synod.paxos.Ballot;
import synod.paxos.Batch;
import synod.paxos.Bytes;
import synod.paxos.Journal;
import synod.paxos.ReplicaId;
import synod.paxos.Standing;
import synod.paxos.StoreException;

/**
 * A voter is killed, and its disk loses something. It must refuse to start, or know that it has
 * lost what it had said, or have lost nothing.
 */
class LostJournalTest {
  private static final Ballot BALLOT = new Ballot(4, new ReplicaId(2));
  private static final Standing RETURNING = Standing.of(Standing.Kind.RETURNING);
  private static final Standing LEARNS =
      Standing.repairing(new Ballot(104, new ReplicaId(Integer.MAX_VALUE)), 10_001);
  private static final int SLOTS = 5;

  private Path temporary;
  private Path killed;

  @BeforeEach
  void voteAndBeKilled(@TempDir Path fresh) {
    temporary = fresh;
    Path path = temporary.resolve("voter");
    try (DataDirectory data = DataDirectory.open(path, Directories.OWNER)) {
      Journal journal = data.journal();
      journal.stand(Standing.of(Standing.Kind.VOTING));
      journal.promise(BALLOT);
      for (long slot = 1; slot <= SLOTS; slot++) {
        journal.accept(new Acceptance(slot, BALLOT, new Batch(1, Bytes.utf8("x".repeat(50)))));
        journal.sync();
      }
      killed = Directories.copy(path, temporary.resolve("killed"));
    }
  }

  private Path log() {
    return Directories.log(killed.resolve("journal"));
  }

  /** Opens what the killed one left, and leaves it as it was: how it stood, or "refused". */
  private String opened(String name) {
    Path copy = Directories.copy(killed, temporary.resolve("opened"));
    try (DataDirectory data = DataDirectory.open(copy, Directories.OWNER)) {
      Journal journal = data.journal();
      if (journal.standing().equals(RETURNING)) {
        assertEquals(SLOTS, journal.accepted(1, 1_000_000).size(), name);
        assertEquals(BALLOT, journal.promised(), name);
      }
      return journal.standing().toString();
    } catch (StoreException e) {
      return "refused";
    } finally {
      Directories.delete(copy);
    }
  }

  @Test
  void nothingLostItReturns() {
    assertEquals("returning", opened("copy"));
  }

  @Test
  void withoutItsLogItLearnsUntilItHasPassedAllThatItMayHaveSaid() throws IOException {
    Files.delete(log());

    try (DataDirectory data = DataDirectory.open(killed, Directories.OWNER)) {
      assertEquals(LEARNS, data.journal().standing());
      assertEquals(1, data.notes().size());
      assertTrue(data.notes().get(0).contains("promised 4.2"), data.notes()::toString);
    }
    try (DataDirectory data = DataDirectory.open(killed, Directories.OWNER)) {
      assertEquals(LEARNS, data.journal().standing());
      assertEquals(List.of(), data.notes());
      data.journal().stand(Standing.of(Standing.Kind.VOTING));
    }
    try (DataDirectory data = DataDirectory.open(killed, Directories.OWNER)) {
      assertEquals(RETURNING, data.journal().standing());
      assertEquals(LEARNS.promised(), data.journal().promised());
      assertEquals(LEARNS.slot(), data.journal().truncated());
    }
  }

  @Test
  void withoutItsJournalItLearns() {
    Directories.delete(killed.resolve("journal"));

    assertEquals(LEARNS.toString(), opened("copy"));
  }

  /** A length that points behind the end looks to RocksDB as a torn tail does, and opens. */
  @Test
  void withAnyFlippedByteInItsLogItIsRefusedOrLearns() throws IOException {
    byte[] whole = Files.readAllBytes(log());

    for (int at = 0; at < whole.length; at += 9) {
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << at % 8);
      Files.write(log(), flipped);
      String standing = opened("flipped" + at);
      assertTrue(List.of("refused", LEARNS.toString()).contains(standing), at + " " + standing);
    }
  }

  /** Over some of them RocksDB would never come to an end. */
  @Test
  void withAnyTypeOfARecordItIsRefusedOrLearns() throws IOException {
    byte[] whole = Files.readAllBytes(log());
    int second = 7 + (whole[4] & 0xff) + 6;

    for (int type = 0; type < 256; type += type < 12 ? 1 : 61) {
      byte[] changed = whole.clone();
      changed[second] = (byte) type;
      Files.write(log(), changed);
      String standing = opened("type" + type);
      String expected = type == whole[second] ? "returning" : "refused";
      assertTrue(List.of(expected, LEARNS.toString()).contains(standing), type + " " + standing);
    }
  }

  @Test
  void withALogOfAnyShorterLengthItIsRefusedOrLearns() throws IOException {
    byte[] whole = Files.readAllBytes(log());

    for (int length = 0; length < whole.length; length += 29) {
      Files.write(log(), Arrays.copyOf(whole, length));
      String standing = opened("cut" + length);
      assertTrue(List.of("refused", LEARNS.toString()).contains(standing), length + standing);
    }
  }

  @Test
  void withOneDamagedCopyOfTheFenceItReturnsAndMendsIt() throws IOException {
    for (Path copy : FenceFiles.in(killed)) {
      byte[] whole = Files.readAllBytes(copy);
      for (byte[] damaged : List.of(new byte[0], new byte[Marks.SIZE], Arrays.copyOf(whole, 100))) {
        Files.write(copy, damaged);

        try (DataDirectory data = DataDirectory.open(killed, Directories.OWNER)) {
          assertEquals(RETURNING, data.journal().standing());
          assertTrue(data.notes().get(0).contains(copy + " was damaged"), data.notes()::toString);
        }
        assertEquals(List.of(), FenceFiles.read(killed).unusable());
      }
    }
  }

  /** What a power cut leaves, when the system had not yet written the last floors. */
  @Test
  void withAnOlderFloorItReturns() throws IOException {
    for (Path copy : FenceFiles.in(killed)) {
      Marks marks = Marks.decode(Files.readAllBytes(copy)).orElseThrow();
      Files.write(copy, marks.with(Floor.NONE).encode().array());
    }

    assertEquals("returning", opened("copy"));
  }

  /** A file at a time: opened, it has all or says that it has not. */
  @Test
  void withAnyFileOfTheJournalDeletedOrEmptyItIsRefusedOrLearnsOrHasLostNothing()
      throws IOException {
    DataDirectory.open(killed, Directories.OWNER).close();
    for (Path file : Directories.files(killed.resolve("journal"))) {
      byte[] whole = Files.readAllBytes(file);
      Files.delete(file);
      String deleted = opened("without-" + file.getFileName());
      Files.write(file, new byte[0]);
      String empty = opened("empty-" + file.getFileName());
      Files.write(file, whole);
      String expected =
          file.toString().matches(".*(sst|CURRENT|MANIFEST-\\d+)") ? "refused" : "returning";
      assertEquals(List.of(expected, expected), List.of(deleted, empty), file::toString);
    }
  }
}
