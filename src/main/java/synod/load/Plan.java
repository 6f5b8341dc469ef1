package synod.load;

import java.util.concurrent.TimeUnit;

/**
 * What a run is to do.
 *
 * @param valueBytes the size of each value
 */
public record Plan(Kind kind, int clients, int seconds, int valueBytes) {
  public static final int MOST_CLIENTS = 1024;
  public static final int MOST_SECONDS = 3600;

  /** The longest value that a door takes unless it is configured otherwise. */
  public static final int MOST_BYTES = 1 << 20;

  /** No plan uses more. */
  public static final int MOST_KEYS = 10_000;

  private static final int MOST_STORED = 64 << 20;
  private static final long INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int MOST_INTERVALS = 1200;

  /** How many keys are used; fewer if values are large, so that all take 64 MiB at most. */
  public int keys() {
    return Math.min(MOST_KEYS, MOST_STORED / valueBytes);
  }

  /** How long the run lasts. */
  public long lengthNs() {
    return TimeUnit.SECONDS.toNanos(seconds);
  }

  /** A tenth of a second, or a multiple of it where a picture would have too many. */
  long intervalNs() {
    long most = INTERVAL_NS * MOST_INTERVALS;
    return INTERVAL_NS * ((lengthNs() + most - 1) / most);
  }

  @Override
  public String toString() {
    return String.format(
        "%s by %s for %d s, values of %s",
        kind, several(clients, "client"), seconds, several(valueBytes, "byte"));
  }

  private static String several(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
