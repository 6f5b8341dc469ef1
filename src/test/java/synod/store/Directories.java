package synod.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What happens to a directory while nobody looks. */
final class Directories {
  private Directories() {}

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
