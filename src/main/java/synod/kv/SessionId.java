package synod.kv;

import synod.paxos.ReplicaId;

/**
 * Whose commands a session numbers: those of one incarnation of one replica's gateway. As a long:
 * the replica in the upper bits, the incarnation in the lower 40.
 *
 * <p>Ids whose upper bits are 0 are those of the sessions that clients open: 1 for the first that
 * the log has opened, and so on. Negative ones belong to nobody.
 */
public record SessionId(ReplicaId replica, long incarnation) {
  private static final int INCARNATION_BITS = 40;
  private static final int MOST_REPLICAS = 1 << (63 - INCARNATION_BITS);

  public SessionId {
    if (replica.number() < 1 || replica.number() >= MOST_REPLICAS) {
      throw new IllegalArgumentException("no replica has a session: " + replica);
    }
    if (incarnation < 1 || incarnation >>> INCARNATION_BITS != 0) {
      throw new IllegalArgumentException("an incarnation is 1 to 2^40 - 1: " + incarnation);
    }
  }

  /** Whether the id is a gateway's, by its bits. */
  public static boolean isGateways(long value) {
    long replica = value >> INCARNATION_BITS;
    return replica > 0 && value != replica << INCARNATION_BITS;
  }

  public static SessionId of(long value) {
    return new SessionId(
        new ReplicaId((int) Math.max(0, value >> INCARNATION_BITS)),
        value & ((1L << INCARNATION_BITS) - 1));
  }

  public long value() {
    return (long) replica.number() << INCARNATION_BITS | incarnation;
  }
}
