package synod.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A command line, read option by option. State: the words that are left. What is wrong with one is
 * told by an {@link IllegalArgumentException} that ends with the usage.
 */
final class Arguments {
  private final Deque<String> left;
  private final String usage;

  Arguments(List<String> words, String usage) {
    this.left = new ArrayDeque<>(words);
    this.usage = usage;
  }

  boolean isEmpty() {
    return left.isEmpty();
  }

  /** The next option. */
  String next() {
    return left.remove();
  }

  /** What stands behind the option. */
  String word(String option) {
    if (left.isEmpty()) {
      throw wrong(option + " wants something behind it");
    }
    return left.remove();
  }

  /** The number behind the option, of 1 or more. */
  long number(String option) {
    return number(option, Long.MAX_VALUE);
  }

  long number(String option, long most) {
    String word = word(option);
    try {
      long number = Long.parseLong(word);
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    String range = most == Long.MAX_VALUE ? "of 1 or more" : "from 1 to " + most;
    throw wrong(option + " wants a number " + range + ", not '" + word + "'");
  }

  IllegalArgumentException unknown(String option) {
    return wrong("there is no option '" + option + "'");
  }

  IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(what + "\n" + usage);
  }
}
