package synod.door;

import synod.replica.LogLine;

/**
 * A line of the answer to {@code SYNOD LOG}, both sides of it: {@code slot time commands text},
 * parted by one space; the text may hold more of them. The time is in ms since 1970.
 */
public final class LogFields {
  private LogFields() {}

  public static String of(LogLine line) {
    return line.slot() + " " + line.time() + " " + line.commands() + " " + line.text();
  }

  /**
   * Reads such a line.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static LogLine parse(String line) {
    String[] parts = line.split(" ", 4);
    if (parts.length < 4) {
      throw new IllegalArgumentException("no line of a log: '" + line + "'");
    }
    return new LogLine(
        Long.parseLong(parts[0]), Long.parseLong(parts[1]), Integer.parseInt(parts[2]), parts[3]);
  }
}
