package synod.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The console's process. Exit codes: 0 all was done, 1 a command failed; of {@code status} 0 all
 * replicas serve, 1 some are down and the store serves, 2 replicas run and the store does not
 * serve, 3 none runs.
 */
public final class Main {
  private static final int NONE_RUNS = 3;

  private final Options options;
  private final Commands commands;

  private Main(Options options) {
    this.options = options;
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    Screen screen = new Screen(out, options.width(), options.colour() ? Ink.COLOUR : Ink.NONE);
    Launcher launcher = new Launcher(options.launcher(), screen);
    this.commands = new Commands(new Doors(options.replicas()), screen, launcher, options.run());
  }

  /** Started by {@code run-cluster.sh}; see {@link Options}. */
  public static void main(String[] arguments) throws IOException {
    System.exit(new Main(Options.of(arguments)).run());
  }

  private int run() throws IOException {
    return switch (options.what()) {
      case "exec" -> exec(options.commands());
      case "status" -> status();
      case "demo" -> exec(List.of("demo"));
      case "train" ->
          exec(List.of("status", "put a 1", "get a", "delete a", "log", "help"))
              + Prompt.train(commands);
      case "script" -> script();
      default -> Prompt.run(commands, options.run());
    };
  }

  private int exec(List<String> lines) {
    boolean good = true;
    for (String line : lines) {
      good &= commands.run(line);
    }
    return good ? 0 : 1;
  }

  private int script() {
    boolean good = true;
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null && !commands.ended(); line = in.readLine()) {
        good &= commands.run(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return good ? 0 : 1;
  }

  private int status() {
    StatusView view = StatusView.of(options.replicas());
    commands.show(view, options.commands().contains("--json"));
    if (view.areAllDown()) {
      return NONE_RUNS;
    }
    int some = view.serves() ? 1 : 2;
    return view.serves() && view.up().size() == options.replicas().size() ? 0 : some;
  }
}
