package synod.console;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import synod.load.Kind;
import synod.load.Plan;

/** Reads what follows {@code load}. */
final class LoadWords {
  static final List<String> USAGE = List.of("put|get|mix", "[CLIENTS]", "[SECONDS]", "[SIZE]");
  static final List<String> KINDS = Stream.of(Kind.values()).map(Kind::toString).toList();

  private static final List<String> DEFAULTS = List.of("", "16", "10", "100");
  private static final Pattern SIZE =
      Pattern.compile("([0-9]{1,9})(B|KIB|MIB|)", Pattern.CASE_INSENSITIVE);
  private static final int KIB = 1024;

  private LoadWords() {}

  /** The plan, with defaults for what is not said. */
  static Plan plan(List<String> words) throws CommandFailed {
    return new Plan(
        kind(words.get(0)),
        number("clients", word(words, 1), Plan.MOST_CLIENTS),
        number("seconds", word(words, 2), Plan.MOST_SECONDS),
        size(word(words, 3)));
  }

  private static String word(List<String> words, int at) {
    return at < words.size() ? words.get(at) : DEFAULTS.get(at);
  }

  private static Kind kind(String word) throws CommandFailed {
    if (!KINDS.contains(word.toLowerCase(Locale.ROOT))) {
      throw new CommandFailed(
          "a load is put, get or mix, not '" + Raw.text(word) + "'; such as: load put 64 10 1KiB");
    }
    return Kind.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static int number(String what, String word, int most) throws CommandFailed {
    int number = word.matches("[0-9]{1,9}") ? Integer.parseInt(word) : 0;
    if (number < 1 || number > most) {
      throw new CommandFailed(
          what
              + ": a whole number from 1 to "
              + most
              + " is allowed, not '"
              + Raw.text(word)
              + "'");
    }
    return number;
  }

  private static int size(String word) throws CommandFailed {
    Matcher size = SIZE.matcher(word);
    long bytes = size.matches() ? Long.parseLong(size.group(1)) * unit(size.group(2)) : 0;
    if (bytes < 1 || bytes > Plan.MOST_BYTES) {
      throw new CommandFailed(
          "size: from 1 to 1048576 bytes are allowed, such as 100, 4KiB or 1MiB, not '"
              + Raw.text(word)
              + "'");
    }
    return (int) bytes;
  }

  private static int unit(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "KIB" -> KIB;
      case "MIB" -> KIB * KIB;
      default -> 1;
    };
  }
}
