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

  void complain(String line) {
    say(ink.bad("error: ") + line);
  }
}
