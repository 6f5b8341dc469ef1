package synod.replica;

import java.time.Duration;

/** Times and sizes as people write them. */
final class Units {
  private static final String[] SIZES = {"B", "KiB", "MiB", "GiB"};

  private Units() {}

  static String time(Duration duration) {
    long millis = duration.toMillis();
    return millis >= 10_000 && millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }

  /** In the largest unit that loses nothing. */
  static String bytes(long size) {
    long left = size;
    int unit = 0;
    while (left > 0 && left % 1024 == 0 && unit < SIZES.length - 1) {
      left /= 1024;
      unit++;
    }
    return left + " " + SIZES[unit];
  }
}
