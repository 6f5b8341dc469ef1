package synod.door;

import java.time.Duration;

/**
 * How closely a door watches its commands.
 *
 * @param slow what takes longer is told by {@code SLOWLOG} and {@code LATENCY}
 * @param monitor whether {@code MONITOR} may show a client what all others say
 */
public record Watching(Duration slow, boolean monitor) {
  public static final Watching DEFAULTS = new Watching(Duration.ofMillis(100), false);
}
