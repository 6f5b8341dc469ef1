package synod.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A script: blocks of command lines, {@code ----}, and the transcript that they must produce, up to
 * the next empty line. Lines that begin with {@code #}, and empty ones, between blocks are comment.
 *
 * <pre>
 * # Replica 1 hears nobody.
 * start 1
 * advance 1000
 * ----
 * 1: suspects 0.0
 * </pre>
 *
 * <p>{@code mvn test -Dscripts.rewrite=true} writes what came out into the file instead of
 * comparing: read the difference before you keep it.
 */
public final class ScriptFile {
  private static final Path DIRECTORY = Path.of("src", "test", "resources", "scripts");
  private static final String DIVIDER = "----";

  private final Path path;
  private final List<Part> parts;

  private ScriptFile(Path path, List<Part> parts) {
    this.path = path;
    this.parts = parts;
  }

  /**
   * Commands, and the transcript that is expected of them, lines joined by line feeds.
   *
   * @param line the line of the first command, counted from 1
   */
  public record Block(int line, List<String> commands, String expected) {}

  /** Comment lines, and the block that follows them, if any does. */
  private record Part(List<String> comment, List<Block> block) {}

  /** Does what the commands of one block say, and returns the transcript. */
  @FunctionalInterface
  public interface Interpreter {
    String run(List<String> commands);
  }

  /** Loads {@code src/test/resources/scripts/NAME}. */
  public static ScriptFile load(String name) {
    return load(DIRECTORY.resolve(name));
  }

  public static ScriptFile load(Path path) {
    try {
      return new ScriptFile(path, new Parser(path, Files.readAllLines(path)).parts());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of all scripts that begin so, sorted: for {@code @MethodSource}. */
  public static List<String> names(String prefix) {
    try (var files = Files.list(DIRECTORY)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.startsWith(prefix))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<Block> blocks() {
    return parts.stream().flatMap(part -> part.block().stream()).toList();
  }

  /** Runs all blocks in order, then checks what came out. */
  public void run(Interpreter interpreter) {
    check(blocks().stream().map(block -> interpreter.run(block.commands())).toList());
  }

  /** Compares block by block, or rewrites the file if the system property asks for that. */
  public void check(List<String> actual) {
    check(actual, Boolean.getBoolean("scripts.rewrite"));
  }

  void check(List<String> actual, boolean rewrite) {
    List<Block> blocks = blocks();
    assertEquals(blocks.size(), actual.size(), path + ": one transcript a block");
    if (rewrite) {
      write(actual);
      return;
    }
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      assertEquals(block.expected(), trimmed(actual.get(i)), path + ":" + block.line());
    }
  }

  private void write(List<String> actual) {
    List<String> lines = new ArrayList<>();
    int next = 0;
    for (Part part : parts) {
      lines.addAll(part.comment());
      for (Block block : part.block()) {
        lines.addAll(block.commands());
        lines.add(DIVIDER);
        trimmed(actual.get(next++)).lines().forEach(lines::add);
      }
    }
    try {
      Files.write(path, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An empty line would end the transcript, so none may be inside; line ends become plain. */
  private static String trimmed(String transcript) {
    return String.join(
        "\n",
        transcript.lines().map(String::stripTrailing).filter(line -> !line.isEmpty()).toList());
  }

  private static final class Parser {
    private final Path path;
    private final List<String> lines;
    private int at;

    Parser(Path path, List<String> lines) {
      this.path = path;
      this.lines = lines;
    }

    List<Part> parts() {
      List<Part> parts = new ArrayList<>();
      while (at < lines.size()) {
        List<String> comment = comment();
        parts.add(new Part(comment, at < lines.size() ? List.of(block()) : List.of()));
      }
      return parts;
    }

    private List<String> comment() {
      List<String> comment = new ArrayList<>();
      while (at < lines.size() && (lines.get(at).isBlank() || lines.get(at).startsWith("#"))) {
        comment.add(lines.get(at++));
      }
      return comment;
    }

    private Block block() {
      int first = at + 1;
      List<String> commands = until(DIVIDER);
      assertTrue(at < lines.size(), path + ":" + first + ": no " + DIVIDER + " follows");
      at++;
      return new Block(first, commands, String.join("\n", until("")));
    }

    private List<String> until(String end) {
      List<String> taken = new ArrayList<>();
      while (at < lines.size() && !lines.get(at).stripTrailing().equals(end)) {
        taken.add(lines.get(at++).stripTrailing());
      }
      return taken;
    }
  }
}
