package synod.paxos;

import java.util.function.LongSupplier;

/**
 * Whether acceptors grant leases, and what proposers make of them.
 *
 * <p>A lease compares the clocks of two replicas: within {@code lengthMs}, no replica's clock may
 * gain more than {@code driftPercent} on another's. Between ticks a role's time stands still, which
 * is not good enough here: the clock is asked.
 *
 * @param lengthMs how long a grant binds an acceptor; 0 if there are no leases
 * @param driftPercent by how much the rates of two clocks may differ
 * @param clock ms that never fall, and never stop while any other replica's go on
 */
public record LeaseSettings(long lengthMs, int driftPercent, LongSupplier clock) {
  /** Every read takes a round. */
  public static final LeaseSettings OFF = new LeaseSettings(0, 0, () -> 0);

  public LeaseSettings {
    Invariant.check(
        lengthMs >= 0 && driftPercent >= 0 && driftPercent < 100,
        "a lease of %s ms less %s %%",
        lengthMs,
        driftPercent);
  }

  boolean areOn() {
    return lengthMs > 0;
  }

  long now() {
    return clock.getAsLong();
  }
}
