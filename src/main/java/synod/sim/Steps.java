package synod.sim;

import java.io.Console;
import java.io.PrintStream;
import java.util.function.Consumer;

/**
 * Prints a line and waits for Enter, from where the script says {@code watch}, if it does; {@code
 * q} and Enter goes on without waiting. State: whether it waits.
 */
final class Steps implements Consumer<String> {
  private final PrintStream out;
  private final Console console;
  private boolean waits;

  /**
   * Begins.
   *
   * @throws IllegalArgumentException if nobody can press Enter
   */
  @SuppressWarnings("SystemConsoleNull") // from Java 22 on, what is no terminal ends at once
  Steps(PrintStream out, Script script) {
    Console there = System.console();
    if (there == null) {
      throw new IllegalArgumentException(
          "--step waits for Enter and needs a terminal: take --transcript instead");
    }
    this.out = out;
    this.console = there;
    this.waits = script.actions().stream().noneMatch(action -> action.words().contains("watch"));
    out.println("Enter: the next line; q and Enter: all the rest");
  }

  @Override
  public void accept(String line) {
    waits |= line.endsWith("-- watch");
    waits &= !line.endsWith("-- look-away");
    if (!waits) {
      out.println(line);
      return;
    }
    out.print(line);
    out.flush();
    String typed = console.readLine();
    waits = typed != null && !typed.equals("q");
  }
}
