package synod.door;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import synod.paxos.Bytes;

/**
 * Splits a line that a person typed into words, by the rules of Redis ({@code sdssplitargs}): white
 * space parts words; "..." takes \n \r \t \b \a \xHH and \ before any other; '...' takes \' alone.
 */
final class InlineWords {
  private final byte[] line;
  private int at;

  private InlineWords(String line) {
    this.line = line.getBytes(StandardCharsets.UTF_8);
  }

  static List<Bytes> split(String line) {
    InlineWords words = new InlineWords(line);
    List<Bytes> found = new ArrayList<>(4);
    while (words.skipSpace()) {
      found.add(words.next());
    }
    return found;
  }

  private boolean skipSpace() {
    while (at < line.length && isSpace(line[at])) {
      at++;
    }
    return at < line.length;
  }

  private Bytes next() {
    ByteArrayOutputStream word = new ByteArrayOutputStream();
    while (at < line.length && !isSpace(line[at])) {
      byte read = line[at++];
      if (read == '"' || read == '\'') {
        quoted(read, word);
      } else {
        word.write(read);
      }
    }
    return Bytes.of(word.toByteArray());
  }

  /** To the closing quote, behind which a word has to end. */
  private void quoted(byte quote, ByteArrayOutputStream word) {
    while (at < line.length) {
      byte read = line[at++];
      if (read == quote) {
        demandEndOfWord();
        return;
      }
      word.write(read == '\\' && at < line.length ? escaped(quote) : read);
    }
    throw new ProtocolError("unbalanced quotes in request");
  }

  private void demandEndOfWord() {
    if (at < line.length && !isSpace(line[at])) {
      throw new ProtocolError("unbalanced quotes in request");
    }
  }

  private int escaped(byte quote) {
    if (quote == '\'' && line[at] != '\'') {
      return '\\';
    }
    byte read = line[at++];
    return switch (quote == '"' ? read : 0) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'a' -> 7;
      case 'x' -> hex();
      default -> read;
    };
  }

  private int hex() {
    if (at + 2 > line.length || digit(at) < 0 || digit(at + 1) < 0) {
      return 'x';
    }
    int value = digit(at) * 16 + digit(at + 1);
    at += 2;
    return value;
  }

  private int digit(int index) {
    return Character.digit(line[index], 16);
  }

  private static boolean isSpace(byte read) {
    return read == ' ' || (read >= '\t' && read <= '\r') || read == 0;
  }
}
