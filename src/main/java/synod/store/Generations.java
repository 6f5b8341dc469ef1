package synod.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The states of a directory: {@code DATA/state/1} at first, and the next number for each that was
 * installed. The one with the highest number is the state, and the others are rubbish: so a state
 * is replaced by renaming another into its place behind it, which is done or not done, whatever
 * crashes when.
 */
final class Generations {
  private final Path directory;
  private Path newest;

  private Generations(Path directory, Path newest) {
    this.directory = directory;
    this.newest = newest;
  }

  /** Deletes what was replaced before a crash. */
  static Generations in(Path directory) {
    takeOverFormat1(directory);
    List<Path> all =
        DurableFiles.list(directory).stream()
            .filter(path -> name(path).matches("\\d{1,9}"))
            .sorted(Comparator.comparing(Generations::number))
            .toList();
    all.stream().limit(Math.max(0, all.size() - 1)).forEach(DurableFiles::delete);
    Optional<Path> last = all.stream().skip(Math.max(0, all.size() - 1)).findFirst();
    Path newest = last.orElse(directory.resolve("1"));
    DurableFiles.create(newest);
    return new Generations(directory, newest);
  }

  /** Where the directory itself was the only state. */
  private static void takeOverFormat1(Path directory) {
    Path aside = directory.resolveSibling("state.format1");
    if (Files.exists(directory.resolve("CURRENT"))) {
      DurableFiles.rename(directory, aside);
    }
    DurableFiles.create(directory);
    if (Files.exists(aside)) {
      DurableFiles.rename(aside, directory.resolve("1"));
    }
  }

  Path newest() {
    return newest;
  }

  /** From when this returns on, the directory is the state, which {@link #newest} was until now. */
  void install(Path state) {
    Path next = directory.resolve(String.valueOf(number(newest) + 1));
    DurableFiles.rename(state, next);
    newest = next;
  }

  private static int number(Path path) {
    return Integer.parseInt(name(path));
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
