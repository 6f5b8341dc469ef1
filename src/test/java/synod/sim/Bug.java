package synod.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A way to be wrong, as a file tells it:
 *
 * <pre>
 * An acceptor answers before what it has accepted is synced.
 *
 * caught-by: I4
 * seed: 37
 *
 * patch: paxos/Outbox.java
 * &lt;&lt;&lt;&lt;
 *   what stands there, and nowhere else in the file
 * ====
 *   what the bug has in its place
 * &gt;&gt;&gt;&gt;
 * </pre>
 *
 * @param caughtBy the invariants that name it: any of them will do
 * @param alsoBreaks what may be seen before in other seeds, since the bug breaks that too
 * @param seed which catches it
 */
record Bug(
    String name,
    String title,
    Set<String> caughtBy,
    Set<String> alsoBreaks,
    long seed,
    List<Change> changes) {
  private static final Path DIRECTORY = Path.of("src/test/resources/bugs");

  /** All there are, in the order of their names. */
  static List<Bug> all() {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.sorted().map(Bug::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Bug read(Path file) {
    try {
      String name = file.getFileName().toString().replace(".txt", "");
      return parse(name, Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Bug parse(String name, List<String> lines) {
    List<String> title = lines.stream().takeWhile(line -> !line.isEmpty()).toList();
    Iterator<String> rest = lines.subList(title.size(), lines.size()).iterator();
    Set<String> caughtBy = Set.of();
    Set<String> alsoBreaks = Set.of();
    long seed = 0;
    List<Change> changes = new ArrayList<>();
    while (rest.hasNext()) {
      String line = rest.next();
      if (line.startsWith("caught-by: ")) {
        caughtBy = names(value(line));
      } else if (line.startsWith("also-breaks: ")) {
        alsoBreaks = names(value(line));
      } else if (line.startsWith("seed: ")) {
        seed = Long.parseLong(value(line));
      } else if (line.startsWith("patch: ")) {
        changes.add(change(value(line), rest));
      } else if (!line.isEmpty()) {
        throw new IllegalArgumentException(name + ": " + line);
      }
    }
    return new Bug(name, String.join(" ", title), caughtBy, alsoBreaks, seed, changes);
  }

  private static String value(String line) {
    return line.substring(line.indexOf(':') + 2);
  }

  private static Set<String> names(String words) {
    return new TreeSet<>(List.of(words.split(" or |, ")));
  }

  private static Change change(String file, Iterator<String> lines) {
    String open = lines.next();
    if (!open.equals("<<<<")) {
      throw new IllegalArgumentException(file + ": <<<< is missing: " + open);
    }
    return new Change(file, textUpTo("====", lines), textUpTo(">>>>", lines));
  }

  private static String textUpTo(String end, Iterator<String> lines) {
    StringBuilder text = new StringBuilder();
    for (String line = lines.next(); !line.equals(end); line = lines.next()) {
      text.append(line).append('\n');
    }
    return text.toString();
  }

  /** The files that it changes. */
  List<String> files() {
    return changes.stream().map(Change::file).distinct().toList();
  }

  /** Writes the seed into its file. */
  void remember(long found) {
    Path file = DIRECTORY.resolve(name + ".txt");
    try {
      String text =
          Files.readAllLines(file).stream()
              .map(line -> line.startsWith("seed: ") ? "seed: " + found : line)
              .collect(Collectors.joining("\n", "", "\n"));
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return title;
  }
}
