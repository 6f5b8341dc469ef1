package synod.store;

import java.nio.ByteBuffer;
import synod.paxos.Ballot;
import synod.paxos.ReplicaId;
import synod.paxos.Standing;

/**
 * What a journal may not exceed before a higher ceiling is on disk. Raised by far more than is
 * asked for, so that it costs no sync of its own in most cases.
 */
record Ceiling(long round, long slot) {
  static final Ceiling NONE = new Ceiling(0, 0);
  static final int SIZE = 2 * Long.BYTES;

  private static final long ROUNDS = 100;
  private static final long SLOTS = 10_000;

  boolean covers(long otherRound, long otherSlot) {
    return otherRound <= round && otherSlot <= slot;
  }

  /** One that covers both, and leaves room above what was not covered yet. */
  Ceiling raised(long otherRound, long otherSlot) {
    return new Ceiling(
        otherRound <= round ? round : Math.addExact(otherRound, ROUNDS),
        otherSlot <= slot ? slot : Math.addExact(otherSlot, SLOTS));
  }

  /** The standing of an acceptor that may have said anything up to here. */
  Standing repairing() {
    return Standing.repairing(new Ballot(round, new ReplicaId(Integer.MAX_VALUE)), slot);
  }

  void put(ByteBuffer to) {
    to.putLong(round).putLong(slot);
  }

  static Ceiling get(ByteBuffer from) {
    return new Ceiling(from.getLong(), from.getLong());
  }
}
