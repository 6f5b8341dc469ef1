package synod.kv;

/**
 * How long a key is to stay. What is relative is made absolute when the command is applied, by the
 * time of the log, so that it is the same on all replicas.
 */
public sealed interface Lifetime {
  /** The end of a lifetime that has none: later than all others. */
  long NEVER = Long.MAX_VALUE;

  /** Until it is removed. */
  record Endless() implements Lifetime {}

  /** As long as before. */
  record Kept() implements Lifetime {}

  /** So many ms from now on. */
  record For(long ms) implements Lifetime {}

  /** Up to this time, in ms since 1970. */
  record Until(long time) implements Lifetime {}

  /**
   * When it ends, in ms since 1970 or {@link #NEVER}.
   *
   * @param now the time of the log
   * @param present when the key was to end so far
   */
  default long end(long now, long present) {
    if (this instanceof Kept) {
      return present;
    }
    if (this instanceof For span) {
      return now + Math.min(span.ms(), NEVER - now);
    }
    return this instanceof Until until ? until.time() : NEVER;
  }
}
