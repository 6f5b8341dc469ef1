package synod.sim;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Prints a line and waits for Enter, from where the script says {@code watch}, if it does; {@code
 * q} and Enter goes on without waiting. State: whether it waits.
 */
final class Steps implements Consumer<String> {
  private final PrintStream out;
  private final Supplier<Optional<String>> typed;
  private boolean waits;

  /** {@code typed}: waits for a line of a person's; nothing if there will be none. */
  Steps(PrintStream out, Script script, Supplier<Optional<String>> typed) {
    this.out = out;
    this.typed = typed;
    this.waits = script.actions().stream().noneMatch(action -> action.words().contains("watch"));
    out.println("Enter: the next line; q and Enter: all the rest");
  }

  /**
   * What a person types at this process's terminal.
   *
   * @throws IllegalArgumentException if nobody can press Enter
   */
  @SuppressWarnings("SystemConsoleNull") // from Java 22 on, what is no terminal ends at once
  static Supplier<Optional<String>> terminal() {
    Console console = System.console();
    if (console == null) {
      throw new IllegalArgumentException(
          "--step waits for Enter and needs a terminal: take --transcript instead");
    }
    return () -> Optional.ofNullable(console.readLine());
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
    waits = typed.get().filter(word -> !word.equals("q")).isPresent();
  }
}
