package synod.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An ext4 of its own, which can lose its power, fail, be full or be read-only. Where none can be
 * mounted the test is skipped, and says why.
 */
final class Disk implements AutoCloseable {
  /** FS_IOC_SHUTDOWN without a flush of the log (linux/fs.h, fs/ext4/ioctl.c). */
  private static final String CUT =
      "open(my $root, '<', $ARGV[0]) or die \"$!\\n\";"
          + " my $without_flush = pack('L', 2);"
          + " ioctl($root, 0x8004587d, $without_flush) or die \"$!\\n\";";

  private static final int BLOCK = 4 << 10;

  private final Path at;
  private final List<String> mount;

  private Disk(Path at, List<String> mount) {
    this.at = at;
    this.mount = mount;
    String refused = said(mount);
    assumeTrue(refused.isEmpty(), () -> "no disk of its own: " + refused);
  }

  /** An ext4 in a file beside {@code at}; it takes room as it is written. */
  static Disk ext4(Path at, int mebibytes) {
    create(at);
    Path image = at.resolveSibling(at.getFileName() + ".img");
    run("truncate", "-s", mebibytes + "M", image.toString());
    String refused = said(List.of("mkfs.ext4", "-q", "-F", "-m", "0", image.toString()));
    assumeTrue(refused.isEmpty(), () -> "no ext4: " + refused);
    return new Disk(at, List.of("mount", "-o", "loop", image.toString(), at.toString()));
  }

  private static void create(Path at) {
    try {
      Files.createDirectories(at);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path path() {
    return at;
  }

  /**
   * From here on everything fails, and what was not synced is lost: a power cut to what is on the
   * disk, a dying disk to whoever goes on.
   */
  void cut() {
    String refused = said(List.of("perl", "-e", CUT, at.toString()));
    assumeTrue(refused.isEmpty(), () -> "no power cut: " + refused);
  }

  /** Mounts it anew, when nobody uses it any more. */
  void again() {
    run("umount", at.toString());
    run(mount.toArray(String[]::new));
  }

  /** Refused while a file is open for writing. */
  void readOnly() {
    remount("ro");
  }

  void writable() {
    remount("rw");
  }

  /** Leaves no room on it. */
  void fill() {
    byte[] block = new byte[BLOCK];
    try (OutputStream file = Files.newOutputStream(ballast(), CREATE, APPEND)) {
      while (true) {
        file.write(block);
      }
    } catch (IOException full) {
      String said = String.valueOf(full.getMessage());
      assertTrue(said.contains("No space left on device"), said);
    }
  }

  /** Undoes that. */
  void makeRoom() {
    try {
      Files.delete(ballast());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path ballast() {
    return at.resolve("ballast");
  }

  private void remount(String option) {
    run("mount", "-o", "remount," + option, at.toString());
  }

  private static void run(String... command) {
    String said = said(List.of(command));
    if (!said.isEmpty()) {
      throw new AssertionError(said);
    }
  }

  /** What the command had to say if it failed; else nothing. */
  private static String said(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      return process.waitFor() == 0 ? "" : String.join(" ", command) + ": " + said;
    } catch (IOException missing) {
      return String.valueOf(missing.getMessage());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Also where it is still in use. */
  @Override
  public void close() {
    said(List.of("umount", "-l", at.toString()));
  }
}
