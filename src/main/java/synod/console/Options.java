package synod.console;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code run-cluster.sh} says to the console.
 *
 * @param run the directory for the history and for pictures
 * @param width of the terminal; 0 if output goes elsewhere
 * @param what {@code console}, {@code script} (on standard input), {@code exec}, {@code status},
 *     {@code demo} or {@code train}
 */
record Options(
    List<Address> replicas,
    Path launcher,
    Path run,
    int width,
    boolean colour,
    String what,
    List<String> commands) {

  /**
   * Reads {@code --replicas LIST --launcher FILE --run DIRECTORY [--width N] [--colour] WHAT
   * [COMMAND...]}.
   */
  static Options of(String[] arguments) {
    List<Address> replicas = List.of();
    Path launcher = Path.of("run-cluster.sh");
    Path run = Path.of("run");
    int width = 0;
    boolean colour = false;
    int at = 0;
    while (at < arguments.length && arguments[at].startsWith("--")) {
      switch (arguments[at]) {
        case "--replicas" -> replicas = Address.list(arguments[++at]);
        case "--launcher" -> launcher = Path.of(arguments[++at]);
        case "--run" -> run = Path.of(arguments[++at]);
        case "--width" -> width = Integer.parseInt(arguments[++at]);
        case "--colour" -> colour = true;
        default -> throw new IllegalArgumentException("no option " + arguments[at]);
      }
      at++;
    }
    List<String> rest = new ArrayList<>(List.of(arguments).subList(at, arguments.length));
    String what = rest.isEmpty() ? "console" : rest.remove(0);
    return new Options(replicas, launcher, run, width, colour, what, rest);
  }
}
