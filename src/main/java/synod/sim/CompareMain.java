package synod.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code ./run-cluster.sh compare}: one crash under two-phase commit and under Paxos. Exit code 0:
 * both were shown; 1: a picture could not be written; 2: wrong command line.
 */
public final class CompareMain {
  private static final String USAGE =
      "usage: compare [--seed N] [--crash-ms N] [--back-ms N] [--svg FILE]";
  private static final long LONGEST = 60_000;

  private long seed = 1;
  private long crashMs = 2_000;
  private long backMs = 3_000;
  private Optional<Path> svg = Optional.empty();

  private CompareMain(List<String> args) {
    Arguments left = new Arguments(args, USAGE);
    while (!left.isEmpty()) {
      take(left.next(), left);
    }
  }

  private void take(String option, Arguments left) {
    switch (option) {
      case "--seed" -> seed = left.number(option, LONGEST);
      case "--crash-ms" -> crashMs = left.number(option, LONGEST);
      case "--back-ms" -> backMs = left.number(option, LONGEST);
      case "--svg" -> svg = Optional.of(Show.writable(left.word(option)));
      default -> throw left.unknown(option);
    }
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
      new CompareMain(args).run(out);
      return 0;
    } catch (IllegalArgumentException e) {
      err.println("compare: " + e.getMessage());
      return 2;
    } catch (IOException e) {
      err.println("compare: cannot write the picture: " + e);
      return 1;
    }
  }

  private void run(PrintStream out) throws IOException {
    long end = (crashMs + backMs + 2_000) * 1_000;
    Contest contest = new Contest(seed, crashMs * 1_000, Optional.of(backMs * 1_000), end);
    Comparison back = Comparison.of(contest);
    Comparison never = Comparison.of(contest.forEver());
    out.printf(
        "seed %d: coordinator and leader die at %.1f ms, in mid-round; back after %d ms; end at %d ms%n%n",
        seed, back.crash() / 1e3, backMs, end / 1_000);
    table(out, List.of(two(back), paxos(back), two(never), paxos(never)));
    out.printf(
        "%nWho waited in 2PC, at the last try before the coordinator was back: %s%n",
        two(back).waiters());
    if (svg.isPresent()) {
      draw(svg.get(), ComparePicture.of(back), out);
      draw(beside("-2pc"), CompareDiagrams.twoPhase(back), out);
      draw(beside("-paxos"), CompareDiagrams.paxos(back), out);
    }
  }

  private static void draw(Path file, String picture, PrintStream out) throws IOException {
    Files.writeString(file, picture);
    out.println("drawn: " + file);
  }

  /** The picture's file with another end of its name. */
  private Path beside(String end) {
    Path file = svg.orElseThrow();
    return file.resolveSibling(
        String.valueOf(file.getFileName()).replaceFirst("([.]svg)?$", end + ".svg"));
  }

  private static Figures two(Comparison one) {
    return new Figures(one.twoPhase(), one.contest(), one.crash());
  }

  private static Figures paxos(Comparison one) {
    return new Figures(one.paxos(), one.contest(), one.crash());
  }

  private static void table(PrintStream out, List<Figures> runs) {
    out.printf("%-38s %10s %10s %12s %12s%n", "", "2PC", "Paxos", "2PC, never", "Paxos, never");
    out.printf("%-38s %10s %10s %12s %12s%n", "", "", "", "back", "back");
    row(out, "answered before the crash", runs, Figures::before);
    row(out, "answered while the machine is away", runs, Figures::during);
    row(out, "answered afterwards", runs, Figures::after);
    row(out, "longest time without an answer, ms", runs, f -> f.silence() / 1_000);
    row(out, "keys locked when it died", runs, f -> f.lockedAtCrash().size());
    row(out, "longest lock, ms", runs, f -> f.longestLock() / 1_000);
    row(out, "keys x ms locked while it is away", runs, f -> f.lockedDuring() / 1_000);
    row(out, "still locked at the end", runs, f -> f.isLockedAtTheEnd() ? "yes" : "no");
  }

  private static void row(
      PrintStream out, String name, List<Figures> runs, Function<Figures, Object> what) {
    List<Object> all = runs.stream().map(what).toList();
    out.printf("%-38s %10s %10s %12s %12s%n", name, all.get(0), all.get(1), all.get(2), all.get(3));
  }
}
