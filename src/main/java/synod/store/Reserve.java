package synod.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Random;

/**
 * Room that is kept for the hour when there is none: to open its databases after a crash a process
 * must write what was in their memory before.
 */
final class Reserve {
  private static final int BLOCK = 1 << 20;

  /** Times its size that must be free to make one, so that it does not itself fill the disk. */
  private static final int SPARE = 4;

  private final Path file;
  private final int blocks;

  Reserve(Path data, int mebibytes) {
    this.file = data.resolve("reserve");
    this.blocks = mebibytes;
  }

  private long size() {
    return (long) blocks * BLOCK;
  }

  /** Before anything is opened: what opens may have it. */
  void releaseIfShort() {
    if (free() < size()) {
      release();
    }
  }

  /** Also called where writing has just failed, on whichever thread: so it throws nothing. */
  void release() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException ignored) {
      // What has failed, or fails next, for want of room says so itself.
    }
  }

  /**
   * Makes it anew if there is room.
   *
   * @return what a person should know, if there is not
   */
  Optional<String> keep() {
    try {
      if (blocks == 0 || (Files.exists(file) && Files.size(file) == size())) {
        return Optional.empty();
      }
      if (free() < SPARE * size()) {
        return Optional.of(
            String.format(
                "only %d MiB are free on the disk of %s, too little to keep %d in reserve: make room",
                free() / BLOCK, file, blocks));
      }
      write();
    } catch (IOException e) {
      release();
      return Optional.of("cannot keep " + file + ": " + e.getMessage());
    }
    return Optional.empty();
  }

  /** Of bytes that no file system can hold in less. */
  private void write() throws IOException {
    byte[] block = new byte[BLOCK];
    Random random = new Random(1);
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      for (int i = 0; i < blocks; i++) {
        random.nextBytes(block);
        ByteBuffer bytes = ByteBuffer.wrap(block);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
    }
  }

  private long free() {
    try {
      return Files.getFileStore(file.resolveSibling(".")).getUsableSpace();
    } catch (IOException e) {
      throw Failure.to("ask for the free room of", file.resolveSibling("."), e);
    }
  }
}
