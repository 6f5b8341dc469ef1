package synod.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A history as text, a line an operation, in any order:
 *
 * <pre>
 *   called returned client status answer command
 *   1200 1950 c3 ok :7 INCR counter-3
 *   1300 - c4 unknown - SET a hello%20world
 *   1300 1400 c5 not-done - SET a other
 * </pre>
 *
 * Times are nanoseconds of one monotonic clock. Words are separated by one space; in a word each
 * byte of its UTF-8 that is a space, a percent sign or no printable ASCII is a percent sign and two
 * hexadecimal digits, and the empty word is a lone percent sign. Lines that begin with {@code #}
 * are for people.
 */
public final class HistoryFile {
  private static final String HEADER = "# called returned client status answer command\n";
  private static final int FIELDS = 6;

  private HistoryFile() {}

  /** A line that is none. */
  public static final class BadHistory extends Exception {
    private static final long serialVersionUID = 1;

    BadHistory(Path file, int line, String why) {
      super(file + ":" + line + ": " + why);
    }
  }

  /** Begins a file: what {@link #line} makes comes behind. */
  public static void begin(Writer out) throws IOException {
    out.write(HEADER);
  }

  /** An operation as a line. */
  public static String line(Operation operation) {
    StringBuilder line = new StringBuilder();
    line.append(operation.called()).append(' ');
    line.append(operation.isKnown() ? Long.toString(operation.returned()) : "-").append(' ');
    line.append(escape(operation.client())).append(' ');
    line.append(operation.isKnown() ? "ok" : "unknown").append(' ');
    line.append(operation.answer().map(HistoryFile::escape).orElse("-"));
    operation.words().forEach(word -> line.append(' ').append(escape(word)));
    return line.append('\n').toString();
  }

  /** All but what was certainly not done, of commands of the model. */
  public static List<Operation> read(Path file, Model<?> model) throws IOException, BadHistory {
    List<Operation> operations = new ArrayList<>();
    try (BufferedReader in = Files.newBufferedReader(file)) {
      int number = 1;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          try {
            parse(number, line, model).ifPresent(operations::add);
          } catch (IllegalArgumentException e) {
            throw new BadHistory(file, number, String.valueOf(e.getMessage()));
          }
        }
        number++;
      }
    }
    return operations;
  }

  private static Optional<Operation> parse(int id, String line, Model<?> model) {
    List<String> fields = Arrays.asList(line.split(" ", -1));
    if (fields.size() < FIELDS) {
      throw new IllegalArgumentException(
          "too few words: called returned client status answer command");
    }
    long called = Long.parseLong(fields.get(0));
    List<String> words =
        fields.subList(FIELDS - 1, fields.size()).stream().map(HistoryFile::plain).toList();
    Optional<String> objection = model.objectionTo(words);
    if (objection.isPresent()) {
      throw new IllegalArgumentException(objection.get());
    }
    String client = plain(fields.get(2));
    return switch (fields.get(3)) {
      case "ok" ->
          Optional.of(
              new Operation(
                  id,
                  client,
                  words,
                  called,
                  Optional.of(plain(fields.get(4))),
                  Long.parseLong(fields.get(1))));
      case "unknown" ->
          Optional.of(new Operation(id, client, words, called, Optional.empty(), Operation.NEVER));
      case "not-done" -> Optional.empty();
      default -> throw new IllegalArgumentException("no status: " + fields.get(3));
    };
  }

  private static String escape(String word) {
    if (word.isEmpty()) {
      return "%";
    }
    StringBuilder escaped = new StringBuilder();
    for (byte one : word.getBytes(UTF_8)) {
      if (one > ' ' && one < 127 && one != '%') {
        escaped.append((char) one);
      } else {
        escaped.append(String.format(Locale.ROOT, "%%%02x", one));
      }
    }
    return escaped.toString();
  }

  private static String plain(String word) {
    if (word.equals("%")) {
      return "";
    }
    byte[] bytes = new byte[word.length()];
    int size = 0;
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) == '%') {
        if (i + 3 > word.length()) {
          throw new IllegalArgumentException("a percent sign without two digits: " + word);
        }
        bytes[size++] = (byte) Integer.parseInt(word.substring(i + 1, i + 3), 16);
        i += 2;
      } else {
        bytes[size++] = (byte) word.charAt(i);
      }
    }
    return new String(bytes, 0, size, UTF_8);
  }
}
