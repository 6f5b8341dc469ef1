package synod.console;

import java.io.PrintStream;
import java.util.List;

/**
 * Where output goes.
 *
 * @param width columns that a table may take; 0 for a file or a pipe, which have no bound
 */
record Screen(PrintStream out, int width, Ink ink) {

  void say(String line) {
    out.println(line);
    out.flush();
  }

  void say(Table table) {
    List<String> lines = table.lines(width);
    say(ink.faint(lines.get(0)));
    lines.stream().skip(1).forEach(this::say);
  }

  /** Whether a line can be written over. */
  boolean isTerminal() {
    return width > 0;
  }

  /** Writes over the line that was written so before; an empty one takes it away. */
  void rewrite(String line) {
    int room = Math.max(0, width - 1);
    String shown = line.substring(0, Math.min(room, line.length()));
    out.print("\r" + shown + " ".repeat(room - shown.length()) + (line.isEmpty() ? "\r" : ""));
    out.flush();
  }

  void complain(String line) {
    say(ink.bad("error: ") + line);
  }
}
