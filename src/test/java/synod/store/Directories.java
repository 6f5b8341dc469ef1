package synod.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
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

  private static final int ATTEMPTS = 100;

  private Directories() {}

  static Options options() {
    return new Options(Alarm.none(), true);
  }

  /**
   * What a process that is killed now leaves behind: all that it has handed to the system, and
   * nothing that is still in its own memory.
   */
  static Path copy(Path from, Path to) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      List<String> before = listing(from);
      if (copied(from, to) && listing(from).equals(before)) {
        return to;
      }
      delete(to);
    }
    throw new AssertionError(from + " does not come to rest");
  }

  /** RocksDB may be at work behind: what changes meanwhile is no moment of it. */
  private static List<String> listing(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.map(path -> path + " " + path.toFile().length()).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of("changing");
    }
  }

  private static boolean copied(Path from, Path to) {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
      return true;
    } catch (NoSuchFileException | UncheckedIOException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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

  /** A database that did not open may still be at work behind. */
  static void delete(Path directory) {
    for (int attempt = 1; !isDeleted(directory); attempt++) {
      if (attempt == ATTEMPTS) {
        throw new AssertionError(directory + " does not go");
      }
    }
  }

  private static boolean isDeleted(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
      return true;
    } catch (DirectoryNotEmptyException | NoSuchFileException | UncheckedIOException e) {
      return !Files.exists(directory);
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
