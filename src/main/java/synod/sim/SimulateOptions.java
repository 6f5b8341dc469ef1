package synod.sim;

import java.util.ArrayDeque;
import java.util.Deque;
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
    Deque<String> left = new ArrayDeque<>(args);
    while (!left.isEmpty()) {
      options = options.with(left.remove(), left);
    }
    return options.checked();
  }

  private SimulateOptions checked() {
    boolean one = seed.isPresent() || script.isPresent();
    if (!one && !showing.isNothing()) {
      throw new IllegalArgumentException(
          "--transcript, --svg, --ladder and --step show one run: name it by --seed or --script\n"
              + USAGE);
    }
    return this;
  }

  private SimulateOptions with(String option, Deque<String> left) {
    Campaigning c = campaigning;
    Showing s = showing;
    return switch (option) {
      case "--first" ->
          with(new Campaigning(number(option, left), c.seeds(), c.seconds(), c.threads()));
      case "--seeds" ->
          with(new Campaigning(c.first(), number(option, left), c.seconds(), c.threads()));
      case "--seconds" ->
          with(new Campaigning(c.first(), Long.MAX_VALUE / 2, number(option, left), c.threads()));
      case "--threads" ->
          with(new Campaigning(c.first(), c.seeds(), c.seconds(), (int) number(option, left)));
      case "--seed" -> new SimulateOptions(c, Optional.of(number(option, left)), script, s);
      case "--script" -> new SimulateOptions(c, seed, Optional.of(word(option, left)), s);
      case "--transcript" -> with(new Showing(true, s.svg(), s.ladder(), s.step()));
      case "--svg" ->
          with(new Showing(s.transcript(), Optional.of(word(option, left)), s.ladder(), s.step()));
      case "--ladder" -> with(new Showing(s.transcript(), s.svg(), true, s.step()));
      case "--step" -> with(new Showing(s.transcript(), s.svg(), s.ladder(), true));
      default ->
          throw new IllegalArgumentException("there is no option '" + option + "'\n" + USAGE);
    };
  }

  private SimulateOptions with(Campaigning other) {
    return new SimulateOptions(other, seed, script, showing);
  }

  private SimulateOptions with(Showing other) {
    return new SimulateOptions(campaigning, seed, script, other);
  }

  private static String word(String option, Deque<String> left) {
    if (left.isEmpty()) {
      throw new IllegalArgumentException(option + " wants something behind it\n" + USAGE);
    }
    return left.remove();
  }

  private static long number(String option, Deque<String> left) {
    String word = word(option, left);
    try {
      long number = Long.parseLong(word);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(
        option + " wants a number of 1 or more, not '" + word + "'\n" + USAGE);
  }
}
