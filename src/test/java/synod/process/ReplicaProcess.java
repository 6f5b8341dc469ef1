package synod.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * One replica as a process of its own. Its output goes to a file, so that a test that fails can
 * tell the last lines.
 */
final class ReplicaProcess implements AutoCloseable {
  /** An option of the JVM: the file follows. */
  static final String MAKES_ARCHIVE = "-XX:ArchiveClassesAtExit=";

  private static final int LAST_LINES = 25;
  private static final long PATIENCE_SECONDS = 60;
  private static final Path HOME = Path.of(System.getProperty("synod.home", "."));

  private final int id;
  private final Path output;
  private final int linesBefore;
  private final Process process;

  private ReplicaProcess(int id, Path output, ProcessBuilder builder) throws IOException {
    this.id = id;
    this.output = output;
    this.linesBefore = lines().size();
    this.process = builder.start();
  }

  /** Starts it on {@code data}; its output is added to {@code DIRECTORY/ID.out}. */
  static ReplicaProcess start(Path conf, int id, Path data) {
    return start(conf, id, data, "-Xmx192m");
  }

  /** With options of the JVM, which win over those that are given anyway. */
  static ReplicaProcess start(Path conf, int id, Path data, String... options) {
    List<String> main = List.of("synod.Main", conf.toString(), Integer.toString(id));
    return start(conf, id, data, command(conf, id, List.of(options), main));
  }

  /** Has a data directory made of a backup, by a process that ends by itself. */
  static ReplicaProcess restore(Path conf, int id, Path data, Path backup) {
    List<String> main =
        List.of(
            "synod.replica.Restore",
            conf.toString(),
            backup.toString(),
            Integer.toString(id),
            "--cluster-id",
            "00000000deadbeef");
    return start(conf, id, data, command(conf, id, List.of("-Xmx192m"), main));
  }

  private static ReplicaProcess start(Path conf, int id, Path data, List<String> command) {
    Path output = conf.resolveSibling(id + ".out");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(conf.resolveSibling(".").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("SYNOD_"));
    builder.environment().put("SYNOD_DATA", data.toString());
    try {
      return new ReplicaProcess(id, output, builder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path run(Path conf) {
    return conf.resolveSibling("run").toAbsolutePath();
  }

  private static List<String> command(Path conf, int id, List<String> options, List<String> main) {
    Path target = HOME.resolve("target");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+ExitOnOutOfMemoryError");
    if (options.stream().noneMatch(option -> option.startsWith(MAKES_ARCHIVE))) {
      command.addAll(ClassArchive.options());
    }
    command.addAll(options);
    command.add("-Dlogback.configurationFile=" + HOME.resolve("conf/logback.xml").toAbsolutePath());
    // By these two, one behind the other, run-cluster.sh knows a process for its own.
    command.add("-Dsynod.run=" + run(conf));
    command.add("-Dsynod.id=" + id);
    command.add("-Dsynod.logs=" + conf.resolveSibling("logs"));
    command.add("-cp");
    command.add(target.resolve("synod.jar") + File.pathSeparator + target.resolve("lib") + "/*");
    command.addAll(main);
    return command;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** As a power cut does to a process: it has no last word. */
  void kill() {
    process.destroyForcibly();
    exitCode();
  }

  /** SIGTERM, and the exit code that follows. */
  int terminate() {
    process.destroy();
    return exitCode();
  }

  /** SIGSTOP: it keeps its ports and connections and says nothing. */
  void pause() {
    signal("STOP");
  }

  void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
      if (kill.waitFor() != 0) {
        throw new AssertionError("kill -" + name + " of replica " + id + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits for the end that is to come by itself. */
  int exitCode() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("replica " + id + " does not end\n" + lastLines());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  String lastLines() {
    List<String> lines = lines();
    return lines.stream()
        .skip(Math.max(0, lines.size() - LAST_LINES))
        .collect(Collectors.joining("\n  ", "replica " + id + ":\n  ", "\n"));
  }

  /** What this process has said, line by line. */
  List<String> output() {
    return lines().stream().skip(linesBefore).toList();
  }

  private List<String> lines() {
    try {
      return Files.exists(output) ? Files.readAllLines(output) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
