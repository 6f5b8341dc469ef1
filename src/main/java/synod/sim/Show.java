package synod.sim;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import synod.trace.Diagram;
import synod.trace.Ladder;

/** What a person sees of one run: a transcript, at once or line by line, and diagrams. */
final class Show {
  private final SimulateOptions options;
  private final PrintStream out;
  private final Optional<Path> file;
  private final Recording recording;
  private final List<Observer> watching = new ArrayList<>();

  /**
   * Before the run.
   *
   * @throws IllegalArgumentException if there will be no way to show it
   */
  Show(Script script, SimulateOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
    this.file = options.showing().svg().map(Show::writable);
    this.recording = new Recording(script);
    if (options.showing().step()) {
      watching.add(new Transcript(new Steps(out, script, Steps.terminal())));
    } else if (options.showing().transcript()) {
      watching.add(new Transcript(out::println));
    }
    if (file.isPresent() || options.showing().ladder()) {
      watching.add(recording);
    }
  }

  List<Observer> watching() {
    return watching;
  }

  /** A run may take long: better told now. */
  static Path writable(String name) {
    Path path = Path.of(name);
    Path parent = path.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new IllegalArgumentException("--svg " + name + ": there is no directory " + parent);
    }
    boolean may =
        Files.exists(path)
            ? Files.isRegularFile(path) && Files.isWritable(path)
            : Files.isWritable(parent);
    if (!may) {
      throw new IllegalArgumentException("--svg " + name + ": it cannot be written");
    }
    return path;
  }

  /** Behind the run. */
  void end() {
    if (options.showing().ladder()) {
      Ladder.lines(recording.entries()).forEach(out::println);
    }
    file.ifPresent(this::draw);
  }

  private void draw(Path path) {
    var all = new Diagram.Options(title(), OptionalLong.empty(), false);
    try {
      Files.writeString(path, Diagram.svg(recording.entries(), all));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path, e);
    }
    out.println("the diagram is in " + path);
  }

  private String title() {
    return options
        .script()
        .map(name -> String.valueOf(Path.of(name).getFileName()).replaceAll("\\.txt$", ""))
        .orElseGet(() -> "seed " + options.seed().orElse(0L));
  }
}
