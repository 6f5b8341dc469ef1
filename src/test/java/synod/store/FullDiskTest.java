package synod.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.paxos.Acceptance;
import synod.paxos.Ballot;
import synod.paxos.Batch;
import synod.paxos.Bytes;
import synod.paxos.Journal;
import synod.paxos.ReplicaId;
import synod.paxos.StoreException;

/** A disk of its own that is soon full; only root can mount one. */
class FullDiskTest {
  private static final ReplicaId SELF = new ReplicaId(1);
  private static final Ballot BALLOT = new Ballot(1, SELF);
  private static final Bytes MUCH = incompressible(64 << 10);

  private Path disk;
  private Path path;

  @BeforeEach
  void mount(@TempDir Path fresh) throws IOException, InterruptedException {
    disk = fresh;
    path = disk.resolve("data");
    String refused = run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString());
    assumeTrue(refused.isEmpty(), "no disk of its own: " + refused);
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    run("umount", "-l", disk.toString());
  }

  @Test
  void endsInARefusalAndOpensWithAllThatWasSyncedOnceThereIsRoom()
      throws IOException, InterruptedException {
    long synced;
    try (DataDirectory data = DataDirectory.open(path, SELF)) {
      synced = fill(data.journal());
      assertThrows(StoreException.class, data.journal()::sync);
    }

    assertEquals("", run("mount", "-o", "remount,size=128m", disk.toString()));

    try (DataDirectory data = DataDirectory.open(path, SELF)) {
      for (long slot = 1; slot <= synced; slot++) {
        assertEquals(MUCH, data.journal().accepted(slot).orElseThrow().batch().commands());
      }
      accept(data.journal(), synced + 1);
    }
  }

  /** The last slot that was synced before the disk was full. */
  private static long fill(Journal journal) {
    for (long slot = 1; slot <= 2_000; slot++) {
      try {
        accept(journal, slot);
      } catch (StoreException full) {
        String message = String.valueOf(full.getMessage());
        assertTrue(message.contains("No space left on device"), message);
        return slot - 1;
      }
    }
    throw new AssertionError("a small disk holds much");
  }

  private static Bytes incompressible(int size) {
    byte[] bytes = new byte[size];
    new Random(7).nextBytes(bytes);
    return Bytes.of(bytes);
  }

  private static void accept(Journal journal, long slot) {
    journal.accept(new Acceptance(slot, BALLOT, new Batch(slot, MUCH)));
    journal.sync();
  }

  /** What the command had to say; nothing if it did what it was asked. */
  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    return process.waitFor() == 0 ? "" : said + " (" + String.join(" ", command) + ")";
  }
}
