package synod.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The command line of a simulation.
 *
 * @param seconds after which no more seeds are begun
 * @param script a file, instead of seeds
 */
record SimulateOptions(
    long first,
    long seeds,
    long seconds,
    int threads,
    Optional<Long> seed,
    Optional<String> script,
    boolean transcript) {
  private static final String USAGE =
      "usage: simulate [--seeds N] [--first N] [--seconds N] [--threads N]"
          + " | --seed N [--transcript] | --script FILE [--transcript]";
  private static final long A_DAY = 86_400;

  static SimulateOptions parse(List<String> args) {
    SimulateOptions options =
        new SimulateOptions(
            1,
            1_000,
            A_DAY,
            Runtime.getRuntime().availableProcessors(),
            Optional.empty(),
            Optional.empty(),
            false);
    Deque<String> left = new ArrayDeque<>(args);
    while (!left.isEmpty()) {
      options = options.with(left.remove(), left);
    }
    return options;
  }

  private SimulateOptions with(String option, Deque<String> left) {
    return switch (option) {
      case "--first" -> from(number(option, left));
      case "--seeds" -> many(number(option, left));
      case "--seconds" ->
          new SimulateOptions(
              first, Long.MAX_VALUE / 2, number(option, left), threads, seed, script, transcript);
      case "--threads" ->
          new SimulateOptions(
              first, seeds, seconds, (int) number(option, left), seed, script, transcript);
      case "--seed" ->
          new SimulateOptions(
              first,
              seeds,
              seconds,
              threads,
              Optional.of(number(option, left)),
              script,
              transcript);
      case "--script" ->
          new SimulateOptions(
              first, seeds, seconds, threads, seed, Optional.of(word(option, left)), transcript);
      case "--transcript" ->
          new SimulateOptions(first, seeds, seconds, threads, seed, script, true);
      default ->
          throw new IllegalArgumentException("there is no option '" + option + "'\n" + USAGE);
    };
  }

  private SimulateOptions from(long other) {
    return new SimulateOptions(other, seeds, seconds, threads, seed, script, transcript);
  }

  private SimulateOptions many(long count) {
    return new SimulateOptions(first, count, seconds, threads, seed, script, transcript);
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
