package synod.console;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Moments and spans, which come in microseconds, as a person reads them. */
final class Clock {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

  private Clock() {}

  static String time(long micros) {
    return TIME.format(Instant.ofEpochMilli(TimeUnit.MICROSECONDS.toMillis(micros)));
  }

  static String span(long micros) {
    return micros < 10_000_000
        ? String.format(Locale.ROOT, "%.1f ms", micros / 1000.0)
        : TimeUnit.MICROSECONDS.toSeconds(micros) + " s";
  }
}
