package synod.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What follows {@code trace}.
 *
 * @param time how long; zero if it is not said
 * @param file absolute; empty for the screen
 */
record TraceWords(
    How how, Duration time, Optional<Path> file, OptionalLong slot, boolean election) {
  private static final Pattern TIME = Pattern.compile("([0-9]{1,6})(ms|s|m)");
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** What begins and ends the trace. */
  enum How {
    START,
    STOP,
    FOR_A_WHILE
  }

  /** What is drawn, by the end of the file's name. */
  enum Kind {
    SVG,
    LADDER,
    SHIVIZ
  }

  static TraceWords of(List<String> words) throws CommandFailed {
    String first = words.get(0);
    List<String> rest = words.subList(1, words.size());
    if (first.equals("start")) {
      if (!rest.isEmpty()) {
        throw new CommandFailed("'trace start' takes nothing more; FILE and slot go to 'stop'");
      }
      return new TraceWords(
          How.START, Duration.ZERO, Optional.empty(), OptionalLong.empty(), false);
    }
    boolean stop = first.equals("stop");
    return of(stop ? How.STOP : How.FOR_A_WHILE, stop ? Duration.ZERO : time(first), rest);
  }

  private static TraceWords of(How how, Duration time, List<String> rest) throws CommandFailed {
    boolean toFile = !rest.isEmpty() && !isOption(rest.get(0));
    List<String> options = toFile ? rest.subList(1, rest.size()) : rest;
    Optional<Path> file = toFile ? Optional.of(absolute(rest.get(0))) : Optional.empty();
    boolean election = options.equals(List.of("election"));
    OptionalLong slot = OptionalLong.empty();
    if (options.size() == 2 && options.get(0).equals("slot")) {
      slot = OptionalLong.of(slot(options.get(1)));
    } else if (!election && !options.isEmpty()) {
      throw new CommandFailed(
          "behind the file may stand 'slot NUMBER' or 'election', not '"
              + Raw.text(String.join(" ", options))
              + "'");
    }
    TraceWords words = new TraceWords(how, time, file, slot, election);
    if (toFile) {
      words.kind();
    }
    return words;
  }

  private static boolean isOption(String word) {
    return word.equals("slot") || word.equals("election");
  }

  private static Duration time(String word) throws CommandFailed {
    Matcher time = TIME.matcher(word.toLowerCase(Locale.ROOT));
    Duration asked = time.matches() ? time(time) : Duration.ZERO;
    if (asked.isZero() || asked.compareTo(LONGEST) > 0) {
      throw new CommandFailed(
          "a trace takes 'start', 'stop' or a time up to 10m, such as 5s or 500ms, not '"
              + Raw.text(word)
              + "'");
    }
    return asked;
  }

  private static Duration time(Matcher time) {
    long number = Long.parseLong(time.group(1));
    return switch (time.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofSeconds(number);
    };
  }

  private static long slot(String word) throws CommandFailed {
    if (!word.matches("[0-9]{1,18}") || Long.parseLong(word) == 0) {
      throw new CommandFailed("a slot is a number from 1 on, not '" + Raw.text(word) + "'");
    }
    return Long.parseLong(word);
  }

  /** A relative path is one from where the console was started. */
  private static Path absolute(String raw) throws CommandFailed {
    try {
      return Path.of(Raw.text(raw)).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new CommandFailed("'" + Raw.text(raw) + "' is no path: " + e.getReason());
    }
  }

  // ---------------------------------------------------------------- the file

  Kind kind() throws CommandFailed {
    String name = file.map(Path::toString).orElse("").toLowerCase(Locale.ROOT);
    if (name.endsWith(".svg")) {
      return Kind.SVG;
    }
    if (name.endsWith(".txt")) {
      return Kind.LADDER;
    }
    if (name.endsWith(".log")) {
      return Kind.SHIVIZ;
    }
    throw new CommandFailed(
        "a trace goes to FILE.svg (a diagram), FILE.txt (a ladder) or FILE.log (for ShiViz), not '"
            + file.map(Path::getFileName).map(Path::toString).orElse("")
            + "'");
  }

  String title() {
    return election ? "An election" : slot.isPresent() ? "Slot " + slot.getAsLong() : "Synod";
  }

  /** Refuses a file that cannot be written before any time is spent on it. */
  void checkFile() throws CommandFailed {
    if (file.isPresent()) {
      Path path = file.get();
      Optional<Path> parent = Optional.ofNullable(path.getParent());
      boolean writable =
          Files.exists(path)
              ? Files.isRegularFile(path) && Files.isWritable(path)
              : parent.filter(Files::isDirectory).filter(Files::isWritable).isPresent();
      if (!writable) {
        throw new CommandFailed(
            path + " cannot be written: is its directory there, and may you write to it?");
      }
    }
  }

  /** The file. */
  Path write(String text) throws CommandFailed {
    Path path = file.orElseThrow();
    try {
      return Files.writeString(path, text);
    } catch (IOException e) {
      throw new CommandFailed(path + " cannot be written: " + e.getMessage());
    }
  }
}
