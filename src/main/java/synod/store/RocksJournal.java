package synod.store;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rocksdb.RocksDB;
import synod.paxos.Acceptance;
import synod.paxos.Ballot;
import synod.paxos.Batch;
import synod.paxos.Bytes;
import synod.paxos.Invariant;
import synod.paxos.Journal;
import synod.paxos.Life;
import synod.paxos.ReplicaId;
import synod.paxos.Standing;

/**
 * The journal on disk. What is written is visible at once and waits in the memory of the process
 * for {@link #sync}, which writes and syncs all of it: a group costs one write and one sync.
 *
 * <pre>
 *   family default    "promised", "own"   ballot
 *   family accepted   slot (8 bytes)      ballot, time of the batch (8 bytes), commands
 *
 *   ballot            round (8 bytes), replica (4 bytes)
 * </pre>
 *
 * Numbers have their highest byte first, so that slots sort. RocksDB has a checksum on all of it.
 */
final class RocksJournal implements Journal, AutoCloseable {
  private static final int BALLOTS = 0;
  private static final int ACCEPTED = 1;
  private static final Bytes PROMISED = Bytes.utf8("promised");
  private static final Bytes OWN = Bytes.utf8("own");
  private static final int BALLOT_SIZE = Long.BYTES + Integer.BYTES;
  private static final int HEADER = BALLOT_SIZE + Long.BYTES;

  private final Database database;
  private final boolean syncing;
  private final Life life = new Life(1, 1);
  private volatile Ballot promised;
  private volatile Ballot own;
  private volatile long truncated;
  private volatile long highest;
  private volatile Standing standing = Standing.of(Standing.Kind.VOTING);

  private RocksJournal(Database database, boolean syncing) {
    this.database = database;
    this.syncing = syncing;
    this.promised = ballot(PROMISED);
    this.own = ballot(OWN);
  }

  /** Without {@code syncing} a power cut makes an acceptor forget: for experiments only. */
  static RocksJournal open(Path path, Options options, boolean syncing) {
    List<String> families = List.of(Bytes.of(RocksDB.DEFAULT_COLUMN_FAMILY).utf8(), "accepted");
    Database database = Database.open(path, families, options.journal(), options.forFamily());
    return new RocksJournal(database, syncing);
  }

  @Override
  public Ballot promised() {
    return promised;
  }

  @Override
  public Ballot ownBallot() {
    return own;
  }

  @Override
  public void promise(Ballot ballot) {
    Invariant.check(!ballot.isBelow(promised), "promised %s after %s", ballot, promised);
    database.put(BALLOTS, PROMISED, encode(ballot));
    promised = ballot;
  }

  @Override
  public void makeBallot(Ballot ballot) {
    Invariant.check(!ballot.isBelow(own), "made %s after %s", ballot, own);
    database.put(BALLOTS, OWN, encode(ballot));
    own = ballot;
  }

  @Override
  public void accept(Acceptance acceptance) {
    database.put(ACCEPTED, key(acceptance.slot()), encode(acceptance));
    highest = Math.max(highest, acceptance.slot());
  }

  @Override
  public void truncate(long slot) {
    database.write(
        (batch, families) ->
            batch.deleteRange(families.get(ACCEPTED), key(0).array(), key(slot + 1).array()));
    truncated = Math.max(truncated, slot);
    highest = Math.max(highest, slot);
  }

  @Override
  public void meet(ReplicaId replica, Life met) {}

  @Override
  public void stand(Standing next) {
    standing = next;
  }

  @Override
  public long truncated() {
    return truncated;
  }

  @Override
  public long highest() {
    return highest;
  }

  @Override
  public Life life() {
    return life;
  }

  @Override
  public Standing standing() {
    return standing;
  }

  @Override
  public Optional<Life> met(ReplicaId replica) {
    return Optional.empty();
  }

  @Override
  public void sync() {
    database.flush(syncing);
  }

  @Override
  public Optional<Acceptance> accepted(long slot) {
    return database.get(ACCEPTED, key(slot)).map(value -> decode(slot, value));
  }

  @Override
  public List<Acceptance> accepted(long from, int bytes) {
    List<Acceptance> page = new ArrayList<>();
    long[] room = {bytes};
    database.scan(
        ACCEPTED,
        key(from),
        (key, value) -> {
          Acceptance acceptance = decode(ByteBuffer.wrap(key.array()).getLong(), value);
          room[0] -= acceptance.size();
          boolean fits = page.isEmpty() || room[0] >= 0;
          return fits && page.add(acceptance);
        });
    return page;
  }

  /** Hands over what waits in memory, unless a failure has made it uncertain. */
  @Override
  public synchronized void close() {
    try {
      if (database.usable()) {
        sync();
      }
    } finally {
      database.close();
    }
  }

  private Ballot ballot(Bytes name) {
    return database
        .get(BALLOTS, name)
        .map(value -> decodeBallot(ByteBuffer.wrap(value.array())))
        .orElse(Ballot.NONE);
  }

  private static Bytes key(long slot) {
    return Bytes.of(ByteBuffer.allocate(Long.BYTES).putLong(slot).array());
  }

  private static Bytes encode(Ballot ballot) {
    return Bytes.of(put(ByteBuffer.allocate(BALLOT_SIZE), ballot).array());
  }

  private static Bytes encode(Acceptance acceptance) {
    Batch batch = acceptance.batch();
    ByteBuffer to = ByteBuffer.allocate(HEADER + batch.commands().size());
    put(to, acceptance.ballot()).putLong(batch.time()).put(batch.commands().array());
    return Bytes.of(to.array());
  }

  private static ByteBuffer put(ByteBuffer to, Ballot ballot) {
    return to.putLong(ballot.round()).putInt(ballot.replica().number());
  }

  private static Acceptance decode(long slot, Bytes value) {
    ByteBuffer from = ByteBuffer.wrap(value.array());
    Ballot ballot = decodeBallot(from);
    long time = from.getLong();
    byte[] commands = new byte[from.remaining()];
    from.get(commands);
    return new Acceptance(slot, ballot, new Batch(time, Bytes.of(commands)));
  }

  private static Ballot decodeBallot(ByteBuffer from) {
    return new Ballot(from.getLong(), new ReplicaId(from.getInt()));
  }
}
