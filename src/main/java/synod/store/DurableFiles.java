package synod.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import synod.paxos.Bytes;

/**
 * Steps with files that hold over a power cut. A file is durable when its bytes and its directory
 * are.
 */
final class DurableFiles {
  private DurableFiles() {}

  /** Writes a new file, which is durable when this returns. */
  static void write(Path file, Bytes bytes) {
    try {
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        writeAll(channel, ByteBuffer.wrap(bytes.array()));
        channel.force(true);
      }
      sync(parent(file));
    } catch (IOException e) {
      throw Failure.to("write", file, e);
    }
  }

  static void writeAll(FileChannel to, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }

  /** Renames in one step, which is durable when this returns. */
  static void rename(Path from, Path to) {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      sync(parent(to));
      sync(parent(from));
    } catch (IOException e) {
      throw Failure.to("rename " + from + " to", to, e);
    }
  }

  /** Makes the directory if there is none, and its name durable. */
  static void create(Path directory) {
    try {
      Files.createDirectories(directory);
      sync(parent(directory));
    } catch (IOException e) {
      throw Failure.to("make the directory", directory, e);
    }
  }

  /** Syncs a file, or the names in a directory. */
  static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** What stands in the directory, by name; nothing if it is not there. */
  static List<Path> list(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.sorted().toList();
    } catch (IOException e) {
      throw Failure.to("list", directory, e);
    }
  }

  /** Deletes the file, or the directory with all in it, if it is there. */
  static void delete(Path path) {
    list(path).forEach(DurableFiles::delete);
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw Failure.to("delete", path, e);
    }
  }

  private static Path parent(Path path) {
    return path.resolveSibling(".");
  }
}
