package synod.console;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/**
 * Where output goes: line by line, or, within {@link #begin} and {@link #end}, as one JSON document
 * a command. State: that document, while one is made.
 */
final class Screen {
  private final PrintStream out;
  private final int width;
  private final Ink ink;
  private Optional<Document> document = Optional.empty();

  /** Of that many columns for a table; 0 for a file or a pipe, which have no bound. */
  Screen(PrintStream out, int width, Ink ink) {
    this.out = out;
    this.width = width;
    this.ink = ink;
  }

  PrintStream out() {
    return out;
  }

  int width() {
    return document.isPresent() ? 0 : width;
  }

  Ink ink() {
    return document.isPresent() ? Ink.NONE : ink;
  }

  /** From now on nothing is printed, but gathered for a document. */
  void begin() {
    document = Optional.of(new Document());
  }

  /** Prints the document, if one was begun. */
  void end() {
    Optional<Document> made = document;
    document = Optional.empty();
    made.ifPresent(whole -> say(whole.json()));
  }

  void say(String line) {
    if (document.isPresent()) {
      document.get().say(line);
    } else {
      out.println(line);
      out.flush();
    }
  }

  /** A line for a person; for a script the one thing that it says. */
  void say(String name, Object value, String line) {
    if (document.isPresent()) {
      document.get().put(name, value);
    } else {
      say(line);
    }
  }

  void say(Table table) {
    if (document.isPresent()) {
      document.get().add(table);
    } else {
      List<String> lines = table.lines(width);
      say(ink.faint(lines.get(0)));
      lines.stream().skip(1).forEach(this::say);
    }
  }

  boolean isJson() {
    return document.isPresent();
  }

  /** Whether a line can be written over. */
  boolean isTerminal() {
    return width() > 0;
  }

  /** Writes over the line that was written so before; an empty one takes it away. */
  void rewrite(String line) {
    int room = Math.max(0, width - 1);
    String shown = line.substring(0, Math.min(room, line.length()));
    out.print("\r" + shown + " ".repeat(room - shown.length()) + (line.isEmpty() ? "\r" : ""));
    out.flush();
  }

  void complain(String line) {
    if (document.isPresent()) {
      document.get().put("error", line);
    } else {
      say(ink.bad("error: ") + line);
    }
  }
}
