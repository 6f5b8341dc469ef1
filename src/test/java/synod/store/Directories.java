package synod.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import synod.paxos.ReplicaId;

/** What happens to a directory while nobody looks. */
final class Directories {
  static final DataDirectory.Owner OWNER = new DataDirectory.Owner("synod", new ReplicaId(3));

  private Directories() {}

  static Options options() {
    return new Options(Alarm.none(), true);
  }

  /**
   * What a process that is killed now leaves behind: all that it has handed to the system, and
   * nothing that is still in its own memory.
   */
  static Path copy(Path from, Path to) {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          copyFile(path, target);
        }
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is deleted behind the scenes meanwhile need not be there any more. */
  private static void copyFile(Path from, Path to) throws IOException {
    try {
      Files.copy(from, to);
    } catch (NoSuchFileException gone) {
      Files.deleteIfExists(to);
    }
  }

  static Path make(Path path) {
    try {
      return Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> files(Path directory) {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes of the files in it, which may be coming and going. */
  static long size(Path directory) {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.mapToLong(path -> path.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The newest log of the database that holds anything. */
  static Path log(Path database) {
    try (Stream<Path> paths = Files.list(database)) {
      List<Path> logs = paths.filter(path -> path.toString().endsWith(".log")).toList();
      return logs.stream().max(Comparator.comparing(Path::toString)).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The largest file in the directory. */
  static Path largest(Path directory) {
    List<Path> files = DurableFiles.list(directory);
    return files.stream().max(Comparator.comparing(path -> path.toFile().length())).orElseThrow();
  }
}
