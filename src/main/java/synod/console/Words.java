package synod.console;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Parts a line into words. Quotes keep blanks together: between {@code '} everything is as it is;
 * between {@code "} and outside, {@code \n \r \t \0 \xHH} are bytes, and a backslash before any
 * other sign means that sign. State: where it reads.
 */
final class Words {
  private final byte[] line;
  private int at;

  private Words(String line) {
    this.line = line.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The words, raw; none for a blank line or one that begins with {@code #}.
   *
   * @throws CommandFailed if a quote is not closed or an escape is none
   */
  static List<String> of(String line) throws CommandFailed {
    return line.stripLeading().startsWith("#") ? List.of() : new Words(line).all();
  }

  private List<String> all() throws CommandFailed {
    List<String> words = new ArrayList<>();
    while (true) {
      while (at < line.length && isBlank(line[at])) {
        at++;
      }
      if (at == line.length) {
        return words;
      }
      words.add(word());
    }
  }

  private String word() throws CommandFailed {
    ByteArrayOutputStream word = new ByteArrayOutputStream();
    while (at < line.length && !isBlank(line[at])) {
      switch (line[at]) {
        case '\'', '"' -> quotation(word);
        case '\\' -> escape(word);
        default -> word.write(line[at++]);
      }
    }
    return Raw.of(word.toByteArray());
  }

  private void quotation(ByteArrayOutputStream word) throws CommandFailed {
    int opened = at;
    byte quote = line[at++];
    while (at < line.length && line[at] != quote) {
      if (quote == '"' && line[at] == '\\') {
        escape(word);
      } else {
        word.write(line[at++]);
      }
    }
    if (at == line.length) {
      throw new CommandFailed(
          "the quote " + (char) quote + " at column " + (opened + 1) + " is not closed");
    }
    at++;
  }

  private void escape(ByteArrayOutputStream word) throws CommandFailed {
    if (at + 1 == line.length) {
      throw new CommandFailed("the line ends within an escape: a backslash is written \\\\");
    }
    char kind = (char) line[at + 1];
    at += 2;
    switch (kind) {
      case 'n' -> word.write('\n');
      case 'r' -> word.write('\r');
      case 't' -> word.write('\t');
      case '0' -> word.write(0);
      case 'x' -> word.write(hex());
      default -> word.write(kind);
    }
  }

  private int hex() throws CommandFailed {
    int high = at < line.length ? Character.digit(line[at], 16) : -1;
    int low = at + 1 < line.length ? Character.digit(line[at + 1], 16) : -1;
    if (high < 0 || low < 0) {
      throw new CommandFailed("after \\x come two hexadecimal digits, such as \\x0a");
    }
    at += 2;
    return high * 16 + low;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }
}
