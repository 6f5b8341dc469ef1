package synod.store;

import java.nio.ByteBuffer;
import synod.paxos.Ballot;
import synod.paxos.ReplicaId;

/** A ballot on disk: its round (8 bytes), then its replica (4 bytes). */
final class Ballots {
  static final int SIZE = Long.BYTES + Integer.BYTES;

  private Ballots() {}

  static ByteBuffer put(ByteBuffer to, Ballot ballot) {
    return to.putLong(ballot.round()).putInt(ballot.replica().number());
  }

  static Ballot get(ByteBuffer from) {
    return new Ballot(from.getLong(), new ReplicaId(from.getInt()));
  }

  static Ballot higher(Ballot one, Ballot other) {
    return one.isBelow(other) ? other : one;
  }
}
