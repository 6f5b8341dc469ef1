package synod.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.kv.Machine;
import synod.kv.StateSummary;
import synod.kv.Transfers;
import synod.paxos.Ballot;
import synod.paxos.ReplicaId;
import synod.paxos.Standing;
import synod.paxos.StoreException;

/** A store becomes a backup, and a backup a store. */
class BackupTest {
  private static final long CLUSTER = 0x5eed;
  private static final DataDirectory.Owner SELF = owner(3);

  private Path temporary;
  private Path backup;
  private DataDirectory data;
  private StateSummary state;

  @BeforeEach
  void fill(@TempDir Path fresh) {
    temporary = fresh;
    backup = temporary.resolve("deep/backup");
    data = DataDirectory.open(temporary.resolve("data"), SELF);
    data.journal().promise(new Ballot(7, SELF.replica()));
    data.journal().sync();
    state = Transfers.filled(data.state(), 500).summary();
  }

  @AfterEach
  void close() {
    data.close();
  }

  private static DataDirectory.Owner owner(int replica) {
    return new DataDirectory.Owner("synod", new ReplicaId(replica));
  }

  private Archive.Result backUpTo(Path path) {
    List<Archive.Result> results = new ArrayList<>();
    data.archive().backup(path, results::add);
    data.archive().await();
    assertEquals(1, results.size());
    return results.get(0);
  }

  private String refusal(Path path) {
    return ((Archive.Result.Refused) backUpTo(path)).why();
  }

  private static String restoring(Path from) {
    return String.valueOf(
        assertThrows(StoreException.class, () -> Restoration.of(from)).getMessage());
  }

  @Test
  void aRestoredDirectoryHasTheStateAndAnEmptyJournalBehindIt() {
    assertEquals(new Archive.Result.Done(state), backUpTo(backup));
    Path fresh = temporary.resolve("fresh");

    Restoration restoration = Restoration.of(backup);
    restoration.prepare(fresh, owner(1), CLUSTER);
    assertFalse(Files.exists(fresh));
    Restoration.finish(fresh);

    assertEquals(state, restoration.state());
    try (DataDirectory restored = DataDirectory.open(fresh, owner(1))) {
      Machine machine = Machine.open(restored.state());
      assertEquals(state, machine.recount());
      assertEquals(500, restored.journal().truncated());
      assertEquals(500, restored.journal().highest());
      assertEquals(Standing.Kind.FRESH, restored.journal().standing().kind());
      assertEquals(OptionalLong.of(CLUSTER), restored.clusterId());
      assertEquals(Ballot.NONE, restored.journal().promised());
      machine.apply(501, Transfers.put(501, "a"), false);
    }
  }

  /** A flipped bit in the copy must not be one in the store. */
  @Test
  void sharesNoFileWithTheStore() throws IOException {
    backUpTo(backup);
    for (Path file : DurableFiles.list(backup.resolve("state"))) {
      assertEquals(1, Files.getAttribute(file, "unix:nlink"), file::toString);
    }
  }

  @Test
  void isRefusedIfAnyOfItsFilesIsDamagedShortOrMissing() throws IOException {
    backUpTo(backup);
    List<Path> files = new ArrayList<>(DurableFiles.list(backup.resolve("state")));
    files.add(backup.resolve("header"));

    for (Path file : files) {
      byte[] whole = Files.readAllBytes(file);
      if (whole.length > 0) {
        byte[] flipped = whole.clone();
        flipped[whole.length / 2] ^= 1;
        Files.write(file, flipped);
        assertTrue(restoring(backup).matches(".*(is damaged|no whole backup).*"));
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertTrue(restoring(backup).contains("no whole backup"));
      }
      Files.delete(file);
      assertTrue(restoring(backup).contains("no whole backup"));
      Files.write(file, whole);
    }
    assertEquals(state, Restoration.of(backup).state());
  }

  @Test
  void aRestoreReplacesNothing() throws IOException {
    backUpTo(backup);
    Path other = Files.createDirectory(temporary.resolve("other"));
    Restoration restoration = Restoration.of(backup);
    restoration.prepare(other, SELF, CLUSTER);
    restoration.prepare(other, SELF, CLUSTER);
    Restoration.finish(other);

    StoreException refusal =
        assertThrows(StoreException.class, () -> restoration.prepare(other, SELF, CLUSTER));

    assertTrue(String.valueOf(refusal.getMessage()).contains("is not empty"));
  }

  @Test
  void aBackupIsRefusedWhereItCannotBe() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "x");
    Path full = temporary.resolve("full");
    Files.createDirectories(full.resolve("of"));

    assertTrue(refusal(Path.of("there")).contains("is no absolute path"));
    assertTrue(refusal(full).contains("is not empty"));
    assertTrue(refusal(file).contains("is no directory"));
    assertTrue(refusal(file.resolve("below")).contains("cannot write to"));
    assertTrue(refusal(temporary.resolve("data/x")).contains("within the data directory"));
    assertEquals(state, Machine.open(data.state()).recount());
    assertEquals(new Archive.Result.Done(state), backUpTo(backup));
  }

  @Test
  void aSnapshotOnDemandTellsItsState() {
    List<StateSummary> made = new ArrayList<>();

    data.archive().snapshot(made::add);
    data.archive().await();

    assertEquals(List.of(state), made);
    assertEquals(500, data.state().snapshots().newest().orElseThrow().slot());
  }
}
