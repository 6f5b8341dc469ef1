package synod.sim;

import java.util.Optional;

/**
 * One crash that two protocols meet: at {@code crash}, or as soon behind it as both are in the
 * middle of a round. Moments are microseconds of virtual time.
 *
 * @param back how long the machine is away; nothing if it never comes back
 * @param end when the run is over
 */
record Contest(long seed, long crash, Optional<Long> back, long end) {
  static final int CLIENTS = 4;
  static final int KEYS = 8;

  Plan plan() {
    return new Plan(seed);
  }

  Contest at(long moment) {
    return new Contest(seed, moment, back, end);
  }

  Contest forEver() {
    return new Contest(seed, crash, Optional.empty(), end);
  }
}
