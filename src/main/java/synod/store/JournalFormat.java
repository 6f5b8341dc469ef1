package synod.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import synod.paxos.Acceptance;
import synod.paxos.Ballot;
import synod.paxos.Batch;
import synod.paxos.Bytes;
import synod.paxos.Life;
import synod.paxos.ReplicaId;

/**
 * The keys and values of a journal.
 *
 * <pre>
 *   family default    "promised", "own"       ballot
 *                     "truncated"             slot (8 bytes)
 *                     "syncs"                 how many there were (8)
 *                     "met", replica (4)      directory (8), incarnation (8)
 *   family accepted   slot (8)                ballot, time of the batch (8), commands
 *
 *   ballot            round (8), replica (4)
 * </pre>
 *
 * Numbers have their highest byte first, so that slots sort.
 */
final class JournalFormat {
  static final Bytes PROMISED = Bytes.utf8("promised");
  static final Bytes OWN = Bytes.utf8("own");
  static final Bytes SYNCS = Bytes.utf8("syncs");
  static final Bytes TRUNCATED = Bytes.utf8("truncated");

  /** What the keys of all lives that were met begin with. */
  static final Bytes MET = Bytes.utf8("met");

  private static final int HEADER = Ballots.SIZE + Long.BYTES;

  private JournalFormat() {}

  static Bytes key(long slot) {
    return Bytes.of(ByteBuffer.allocate(Long.BYTES).putLong(slot).array());
  }

  static long number(Bytes bytes) {
    return ByteBuffer.wrap(bytes.array()).getLong();
  }

  static Bytes metKey(ReplicaId replica) {
    ByteBuffer key = ByteBuffer.allocate(MET.size() + Integer.BYTES);
    return Bytes.of(key.put(MET.array()).putInt(replica.number()).array());
  }

  /** Whom the key is about; nothing if it is about something else. */
  static Optional<ReplicaId> metReplica(Bytes key) {
    return key.size() == MET.size() + Integer.BYTES
            && Arrays.mismatch(MET.array(), key.array()) == MET.size()
        ? Optional.of(new ReplicaId(ByteBuffer.wrap(key.array()).getInt(MET.size())))
        : Optional.empty();
  }

  static Bytes encode(Life life) {
    ByteBuffer to = ByteBuffer.allocate(2 * Long.BYTES);
    return Bytes.of(to.putLong(life.directory()).putLong(life.incarnation()).array());
  }

  static Life life(Bytes value) {
    ByteBuffer from = ByteBuffer.wrap(value.array());
    return new Life(from.getLong(), from.getLong());
  }

  static Bytes encode(Ballot ballot) {
    return Bytes.of(Ballots.put(ByteBuffer.allocate(Ballots.SIZE), ballot).array());
  }

  static Ballot ballot(Bytes value) {
    return Ballots.get(ByteBuffer.wrap(value.array()));
  }

  static Bytes encode(Acceptance acceptance) {
    Batch batch = acceptance.batch();
    ByteBuffer to = ByteBuffer.allocate(HEADER + batch.commands().size());
    Ballots.put(to, acceptance.ballot()).putLong(batch.time()).put(batch.commands().array());
    return Bytes.of(to.array());
  }

  static Acceptance decode(long slot, Bytes value) {
    ByteBuffer from = ByteBuffer.wrap(value.array());
    Ballot ballot = Ballots.get(from);
    long time = from.getLong();
    byte[] commands = new byte[from.remaining()];
    from.get(commands);
    return new Acceptance(slot, ballot, new Batch(time, Bytes.of(commands)));
  }
}
