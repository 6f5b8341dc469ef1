package synod.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.paxos.Acceptance;
import synod.paxos.Ballot;
import synod.paxos.Batch;
import synod.paxos.Bytes;
import synod.paxos.Journal;
import synod.paxos.StoreException;

/** A disk of its own that is soon full, in a process of its own; only root can mount one. */
class FullDiskTest {
  private static final Ballot BALLOT = new Ballot(1, Directories.OWNER.replica());
  private static final int PATIENCE_SECONDS = 60;

  private Path disk;
  private Path path;

  @BeforeEach
  void mount(@TempDir Path fresh) throws IOException, InterruptedException {
    disk = Files.createDirectory(fresh.resolve("disk"));
    path = disk.resolve("data");
    String refused = run("mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", disk.toString());
    assumeTrue(refused.isEmpty(), "no disk of its own: " + refused);
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    run("umount", "-l", disk.toString());
  }

  /**
   * Writes until it is told that it cannot: by an exception, or, where a writer is left to wait for
   * ever, behind its back. Says the last slot that was synced, and why there was no other.
   */
  static final class Filling {
    public static void main(String[] arguments) {
      long[] synced = {0};
      CompletableFuture<String> end = new CompletableFuture<>();
      DataDirectory data =
          DataDirectory.open(
              Path.of(arguments[0]),
              Directories.OWNER,
              new DataDirectory.Manner(true, 4, end::complete));
      Thread writer = new Thread(() -> end.complete(fill(data.journal(), synced)));
      writer.start();
      String why = end.completeOnTimeout("nothing", PATIENCE_SECONDS, TimeUnit.SECONDS).join();
      System.out.println(synced[0] + " " + why);
      System.out.flush();
      Runtime.getRuntime().halt(1);
    }

    private static String fill(Journal journal, long[] synced) {
      try {
        for (long slot = 1; slot <= 2_000; slot++) {
          accept(journal, slot);
          synced[0] = slot;
        }
        return "a small disk holds much";
      } catch (StoreException e) {
        return String.valueOf(e.getMessage());
      }
    }
  }

  @Test
  void endsWithTheReasonAndOpensWithAllThatWasSyncedOnceThereIsRoom()
      throws IOException, InterruptedException {
    Process filling =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Filling.class.getName(),
                path.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(filling.getInputStream().readAllBytes(), UTF_8).strip();

    assertTrue(said.contains("No space left on device"), said);
    assertFalse(Files.exists(path.resolve("reserve")), "the reserve is released");
    assertTrue(said.matches("\\d+ .*"), said);
    long synced = Long.parseLong(said.substring(0, said.indexOf(' ')));
    assertTrue(synced > 0, said);

    assertEquals("", run("mount", "-o", "remount,size=160m", disk.toString()));
    try (DataDirectory data =
        DataDirectory.open(path, Directories.OWNER, new DataDirectory.Manner(true, 4, why -> {}))) {
      for (long slot = 1; slot <= synced; slot++) {
        assertEquals(much(slot), data.journal().accepted(slot).orElseThrow().batch().commands());
      }
      accept(data.journal(), synced + 1);
    }
    assertEquals(4 << 20, Files.size(path.resolve("reserve")), "the reserve is made anew");
  }

  private static void accept(Journal journal, long slot) {
    journal.accept(new Acceptance(slot, BALLOT, new Batch(slot, much(slot))));
    journal.sync();
  }

  private static Bytes much(long seed) {
    byte[] bytes = new byte[64 << 10];
    new Random(seed).nextBytes(bytes);
    return Bytes.of(bytes);
  }

  /** What the command had to say; nothing if it did what it was asked. */
  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    return process.waitFor() == 0 ? "" : said + " (" + String.join(" ", command) + ")";
  }
}
