package synod.door;

/**
 * Where a door stands and how much it bears.
 *
 * @param host a name or an address of this machine, or 0.0.0.0 for all
 * @param port 0 takes any free one
 */
public record DoorSettings(String host, int port, DoorLimits limits, Watching watching) {
  public DoorSettings {
    if (host.isBlank()) {
      throw new IllegalArgumentException("door host is empty: name an address of this machine");
    }
    demand("port", port, 0, 65_535);
  }

  /** Watched as by default. */
  public DoorSettings(String host, int port, DoorLimits limits) {
    this(host, port, limits, Watching.DEFAULTS);
  }

  /** With the default limits. */
  public static DoorSettings of(String host, int port) {
    return new DoorSettings(host, port, DoorLimits.DEFAULTS);
  }

  static void demand(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          String.format("door %s is %d: allowed is %d to %d", what, value, least, most));
    }
  }
}
