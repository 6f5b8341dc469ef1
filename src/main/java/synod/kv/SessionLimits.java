package synod.kv;

/**
 * What the sessions that clients open are bound by. Travels in the command that asks for one, so
 * that all replicas decide alike however each is configured.
 *
 * @param timeMs a session ends that long after its last command, by the time of the log
 * @param most sessions that may live at once; past it none is opened
 */
public record SessionLimits(long timeMs, int most) {
  public SessionLimits {
    if (timeMs < 1 || most < 1) {
      throw new IllegalArgumentException(
          "a time and a number of 1 or more: " + timeMs + ", " + most);
    }
  }
}
