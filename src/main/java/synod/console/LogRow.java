package synod.console;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** A line of {@code SYNOD LOG}, which is {@code slot time commands text}, as a table's row. */
final class LogRow {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

  private LogRow() {}

  static List<String> of(String line) {
    String[] parts = line.split(" ", 4);
    return parts.length == 4 && parts[1].matches("[0-9]{1,18}")
        ? List.of(
            parts[0],
            TIME.format(Instant.ofEpochMilli(Long.parseLong(parts[1]))),
            parts[2],
            parts[3])
        : List.of("", "", "", line);
  }
}
