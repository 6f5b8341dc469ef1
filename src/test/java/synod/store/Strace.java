package synod.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs a JVM under strace(1), which writes down what it does to its disk, and can spoil it. */
final class Strace {
  /** The exit code of a process that SIGKILL has ended. */
  static final int KILLED = 128 + 9;

  private static final int PATIENCE_SECONDS = 120;

  /** Those that make something durable, or that give and take names. */
  private static final String CALLS =
      "fdatasync,fsync,?rename,?renameat,?renameat2,?link,?linkat,?unlink,?unlinkat,?mkdir,?mkdirat";

  private static final Pattern CALL =
      Pattern.compile(
          "\\d+ +(\\w+)\\((?:\\d+<|(?:AT_FDCWD(?:<[^>]*>)?, )?\")([^>\"]+)[>\"].*(?:= 0|unfinished.*)");

  private static final Pattern SAID = Pattern.compile(" write\\(1, \"(\\w+)");

  /** A call that the run made: the {@code times}-th of its kind on this path. */
  record Step(String call, Path path, int times) {
    /**
     * Whether it may fail: what is not deleted now is later, and a directory is asked for twice.
     */
    boolean mayFail() {
      return call.startsWith("unlink") || call.startsWith("mkdir");
    }

    @Override
    public String toString() {
      return call + " number " + times + " of " + path.getFileName();
    }
  }

  /**
   * What became of a run.
   *
   * @param spoiled whether it came to the step that was to be spoiled
   * @param saidAfter what it said after that, the first word of each line
   */
  record Run(List<String> said, int exitCode, boolean spoiled, List<String> saidAfter) {}

  private final Class<?> main;
  private final List<String> arguments;
  private final Path record;
  private final Path said;

  /**
   * @param arguments of the main class
   * @param scratch a directory for what is recorded and said
   */
  Strace(Class<?> main, List<String> arguments, Path scratch) {
    this.main = main;
    this.arguments = arguments;
    this.record = scratch.resolve("record");
    this.said = scratch.resolve("said");
  }

  /** Why it cannot be had here; empty if it can. */
  static String lacks() {
    try {
      Process process =
          new ProcessBuilder("strace", "-f", "-o", "/dev/null", "true")
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      return process.waitFor() == 0 ? "" : said;
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Each call on a path below this one, in the order in which they were made. */
  List<Step> steps(Path below) {
    run(List.of("-y", "-e", "trace=" + CALLS));
    Map<String, Integer> times = new TreeMap<>();
    List<Step> steps = new ArrayList<>();
    for (String line : lines(record)) {
      Matcher call = CALL.matcher(line);
      if (call.matches() && call.group(2).startsWith(below.toString())) {
        int count = times.merge(call.group(1) + " " + call.group(2), 1, Integer::sum);
        steps.add(new Step(call.group(1), Path.of(call.group(2)), count));
      }
    }
    return steps;
  }

  private static List<String> lines(Path path) {
    try {
      return Files.readAllLines(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs, and has this happen at that step instead of it: {@code error=EIO}, say. */
  Run runWith(String what, Step step) {
    String inject = "inject=" + step.call() + ":" + what + ":when=" + step.times();
    int exitCode =
        run(
            List.of(
                "-P",
                step.path().toString(),
                "-P",
                said.toString(),
                "-e",
                "trace=write," + step.call(),
                "-e",
                inject));
    List<String> after =
        lines(record).stream().dropWhile(line -> !line.contains("(INJECTED)")).toList();
    List<String> saidAfter =
        after.stream().map(SAID::matcher).filter(Matcher::find).map(m -> m.group(1)).toList();
    return new Run(lines(said), exitCode, exitCode == KILLED || !after.isEmpty(), saidAfter);
  }

  /** Returns the exit code. */
  private int run(List<String> options) {
    List<String> command = new ArrayList<>(List.of("strace", "-f", "-qq", "-o", record.toString()));
    command.addAll(options);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      try {
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it does not end");
        return process.exitValue();
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
