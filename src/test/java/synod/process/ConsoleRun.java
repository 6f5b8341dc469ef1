package synod.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The console as run-cluster.sh starts it, for one command; or that script itself. */
record ConsoleRun(int exitCode, String output) {
  private static final Path HOME = Path.of(System.getProperty("synod.home", "."));

  static ConsoleRun of(Processes processes, String command) {
    List<String> line =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            HOME.resolve("target/synod.jar")
                + File.pathSeparator
                + HOME.resolve("target/lib")
                + "/*",
            "synod.console.Main",
            "--replicas",
            doors(processes),
            "--run",
            directory(processes).toString(),
            "exec",
            command);
    return of(new ProcessBuilder(line));
  }

  /** {@code ./run-cluster.sh words...}, which knows the processes of this test for its own. */
  static ConsoleRun script(Processes processes, String... words) {
    List<String> line = new ArrayList<>(List.of(HOME.resolve("run-cluster.sh").toString()));
    line.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().put("SYNOD_CONF", processes.conf().toString());
    builder.environment().put("SYNOD_RUN", processes.run().toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return of(builder);
  }

  private static ConsoleRun of(ProcessBuilder builder) {
    try {
      Process process = builder.redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new ConsoleRun(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** As the console's option takes them. */
  static String doors(Processes processes) {
    return Processes.ALL.stream()
        .map(id -> id + "@127.0.0.1:" + processes.doorPort(id))
        .collect(Collectors.joining(","));
  }

  /** Where it puts what it draws. */
  static Path directory(Processes processes) {
    return processes.conf().resolveSibling("console");
  }
}
