package synod.console;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/**
 * Keys and values are bytes. Here they are strings of one char a byte ("raw"), which compare and
 * print as they are; this class is where they meet the text that a person types and reads.
 */
final class Raw {
  private Raw() {}

  /** The bytes of a text. */
  static String of(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  static byte[] bytes(String raw) {
    return raw.getBytes(ISO_8859_1);
  }

  static String of(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  /** The text, whatever does not decode replaced. */
  static String text(String raw) {
    return new String(bytes(raw), UTF_8);
  }

  /**
   * As text where nothing can be misread; else in quotes, as {@link Words} reads it back. In quotes
   * stands also what looks quoted, or like the console's own {@code (none)}.
   */
  static String shown(String raw) {
    return plain(raw).filter(Raw::isClear).orElseGet(() -> quoted(raw));
  }

  /** In quotes if it would not be one word otherwise. */
  static String word(String raw) {
    return plain(raw)
        .filter(text -> isClear(text) && text.matches("[^\\s'\"\\\\#]+"))
        .orElseGet(() -> quoted(raw));
  }

  private static boolean isClear(String text) {
    return !text.isEmpty()
        && "\"'(".indexOf(text.charAt(0)) < 0
        && text.codePoints().noneMatch(Character::isISOControl)
        && text.strip().equals(text);
  }

  private static Optional<String> plain(String raw) {
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(raw))).toString());
    } catch (CharacterCodingException binary) {
      return Optional.empty();
    }
  }

  private static String quoted(String raw) {
    boolean isText = plain(raw).isPresent();
    StringBuilder quoted = new StringBuilder("\"");
    String content = isText ? text(raw) : raw;
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> quoted.append(isHidden(c, isText) ? String.format("\\x%02x", (int) c) : c);
      }
    }
    return quoted.append('"').toString();
  }

  private static boolean isHidden(char c, boolean isText) {
    return c < ' ' || c == 0x7f || (!isText && c > 0x7f);
  }
}
