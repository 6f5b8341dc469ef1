package synod.console;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes JSON (RFC 8259) on one line. Of our own, because the console starts with two libraries on
 * its class path, and to load Jackson would take longer than most commands do.
 */
final class Json {
  private Json() {}

  /** Of a map, a list, a number, a truth, an {@link Optional} (nothing is null), or a text. */
  static String of(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(member -> text(String.valueOf(member.getKey())) + ": " + of(member.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Json::of).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Optional<?> some) {
      return some.isPresent() ? of(some.get()) : "null";
    }
    boolean bare = value instanceof Number || value instanceof Boolean;
    return bare ? value.toString() : text(value.toString());
  }

  private static String text(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars().forEach(c -> json.append(character((char) c)));
    return json.append('"').toString();
  }

  private static String character(char c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default ->
          c < ' ' || Character.isSurrogate(c) || c == 0x7f
              ? String.format("\\u%04x", (int) c)
              : String.valueOf(c);
    };
  }
}
