package synod.sim;

import java.util.List;
import java.util.Optional;

/**
 * The command line of a simulation.
 *
 * @param script a file, instead of seeds
 */
record SimulateOptions(
    Campaigning campaigning, Optional<Long> seed, Optional<String> script, Showing showing) {
  private static final String USAGE =
      "usage: simulate [--seeds N] [--first N] [--seconds N] [--threads N]"
          + " | --seed N [SHOW...] | --script FILE [SHOW...]\n"
          + "SHOW: --transcript | --svg FILE | --ladder | --step";
  private static final long A_DAY = 86_400;
  private static final long MOST_SECONDS = 1_000_000_000;
  private static final int MOST_THREADS = 1_024;

  /** Many seeds: which, for how long, on how many threads. */
  record Campaigning(long first, long seeds, long seconds, int threads) {}

  /**
   * What is seen of one run.
   *
   * @param svg a file for the diagram
   * @param ladder whether a diagram of text follows
   * @param step whether the next line of the transcript waits for Enter
   */
  record Showing(boolean transcript, Optional<String> svg, boolean ladder, boolean step) {
    boolean isNothing() {
      return !transcript && svg.isEmpty() && !ladder && !step;
    }
  }

  long first() {
    return campaigning.first();
  }

  long seeds() {
    return campaigning.seeds();
  }

  long seconds() {
    return campaigning.seconds();
  }

  int threads() {
    return campaigning.threads();
  }

  static SimulateOptions parse(List<String> args) {
    int threads = Runtime.getRuntime().availableProcessors();
    SimulateOptions options =
        new SimulateOptions(
            new Campaigning(1, 1_000, A_DAY, threads),
            Optional.empty(),
            Optional.empty(),
            new Showing(false, Optional.empty(), false, false));
    Arguments left = new Arguments(args, USAGE);
    while (!left.isEmpty()) {
      options = options.with(left.next(), left);
    }
    return options.checked(left);
  }

  private SimulateOptions checked(Arguments from) {
    boolean one = seed.isPresent() || script.isPresent();
    if (!one && !showing.isNothing()) {
      throw from.wrong(
          "--transcript, --svg, --ladder and --step show one run: name it by --seed or --script");
    }
    return this;
  }

  private SimulateOptions with(String option, Arguments left) {
    Campaigning c = campaigning;
    Showing s = showing;
    return switch (option) {
      case "--first" ->
          with(new Campaigning(left.number(option), c.seeds(), c.seconds(), c.threads()));
      case "--seeds" ->
          with(new Campaigning(c.first(), left.number(option), c.seconds(), c.threads()));
      case "--seconds" ->
          with(
              new Campaigning(
                  c.first(), Long.MAX_VALUE / 2, left.number(option, MOST_SECONDS), c.threads()));
      case "--threads" ->
          with(
              new Campaigning(
                  c.first(), c.seeds(), c.seconds(), (int) left.number(option, MOST_THREADS)));
      case "--seed" -> new SimulateOptions(c, Optional.of(left.number(option)), script, s);
      case "--script" -> new SimulateOptions(c, seed, Optional.of(left.word(option)), s);
      case "--transcript" -> with(new Showing(true, s.svg(), s.ladder(), s.step()));
      case "--svg" ->
          with(new Showing(s.transcript(), Optional.of(left.word(option)), s.ladder(), s.step()));
      case "--ladder" -> with(new Showing(s.transcript(), s.svg(), true, s.step()));
      case "--step" -> with(new Showing(s.transcript(), s.svg(), s.ladder(), true));
      default -> throw left.unknown(option);
    };
  }

  private SimulateOptions with(Campaigning other) {
    return new SimulateOptions(other, seed, script, showing);
  }

  private SimulateOptions with(Showing other) {
    return new SimulateOptions(campaigning, seed, script, other);
  }
}
