package synod.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./run-cluster.sh simulate}: runs seeds, one seed, or a script. Exit code 0: all were
 * sound; 1: an invariant did not hold; 2: wrong command line.
 */
public final class Main {
  private static final int SOUND = 0;
  private static final int VIOLATED = 1;
  private static final int USAGE = 2;

  private final PrintStream out;

  private Main(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, false, UTF_8);
    int code = run(List.of(args), out, System.err);
    out.flush();
    System.exit(code);
  }

  /** The exit code. */
  static int run(List<String> args, PrintStream out, PrintStream err) {
    try {
      return new Main(out).run(SimulateOptions.parse(args));
    } catch (IllegalArgumentException | UncheckedIOException e) {
      out.flush();
      err.println("simulate: " + e.getMessage());
      return USAGE;
    }
  }

  private int run(SimulateOptions options) {
    if (options.script().isPresent()) {
      return show(read(Path.of(options.script().get())), options);
    } else if (options.seed().isPresent()) {
      return show(Swarm.draw(options.seed().get()), options);
    }
    return campaign(options);
  }

  static Script read(Path file) {
    try {
      List<String> lines = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        if (line.equals("----")) {
          break;
        }
        if (!line.isBlank() && !line.startsWith("#")) {
          lines.add(line);
        }
      }
      return Script.parse(lines);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("there is no file " + file, e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** One run, with what happened in it if that is wanted. */
  private int show(Script script, SimulateOptions options) {
    Show show = new Show(script, options, out);
    script.lines().forEach(out::println);
    Run.Result result = new Run(script, PlainHost::new, show.watching()).go();
    out.println("----");
    out.println(result);
    show.end();
    return result.failure().isPresent() ? VIOLATED : SOUND;
  }

  private int campaign(SimulateOptions options) {
    Campaign campaign = new Campaign(options.first(), options.seeds());
    long begun = System.nanoTime();
    long end = begun + options.seconds() * 1_000_000_000L;
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < options.threads(); i++) {
      Thread thread =
          new Thread(() -> campaign.work(() -> System.nanoTime() - end > 0), "sim-" + i);
      threads.add(thread);
      thread.start();
    }
    threads.forEach(thread -> await(thread, campaign, begun));
    out.println(progress(campaign, begun));
    campaign.events().forEach((name, count) -> out.printf("%12d %s%n", count, name));
    campaign.failed().forEach(this::explain);
    return campaign.failed().isEmpty() ? SOUND : VIOLATED;
  }

  private void await(Thread thread, Campaign campaign, long begun) {
    try {
      while (thread.isAlive()) {
        thread.join(10_000);
        if (thread.isAlive()) {
          out.println(progress(campaign, begun));
          out.flush();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String progress(Campaign campaign, long begun) {
    double seconds = (System.nanoTime() - begun) / 1e9;
    return String.format("%s; %.0f histories a second", campaign, campaign.runs() / seconds);
  }

  /** What failed, and the smallest script that shows it, to be kept as a test. */
  private void explain(Campaign.Failed failed) {
    out.printf("seed %d of %s: %s%n", failed.seed(), SourceVersion.here(), failed.failure());
    out.flush();
    Script small = new Shrink(Run::of, failed.failure().name(), 500).of(Swarm.draw(failed.seed()));
    out.printf(
        "%n# Seed %d, made smaller, to be kept in src/test/resources/scripts.%n%n", failed.seed());
    small.lines().forEach(out::println);
    out.println("----");
    out.println(Run.of(small));
  }
}
