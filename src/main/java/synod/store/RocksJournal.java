package synod.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import synod.paxos.Acceptance;
import synod.paxos.Ballot;
import synod.paxos.Bytes;
import synod.paxos.Invariant;
import synod.paxos.Journal;
import synod.paxos.Life;
import synod.paxos.Lineage;
import synod.paxos.ReplicaId;
import synod.paxos.Standing;

/**
 * The journal on disk. What is written is visible at once and waits in the memory of the process
 * for {@link #sync}, which writes and syncs all of it: a group costs one write and one sync.
 *
 * <p>{@link JournalFormat} says how it lies there. RocksDB has a checksum on all of it, and the
 * {@link Fence} beside it knows what must be there. The standing is kept there too.
 */
final class RocksJournal implements Journal, AutoCloseable {
  private static final int DEFAULT = 0;
  private static final int ACCEPTED = 1;

  private final Database database;
  private final Fence fence;
  private final Lineage lineage;
  private final boolean syncing;
  private final Map<ReplicaId, Life> met = new ConcurrentSkipListMap<>();
  private volatile Ballot promised;
  private volatile Ballot own;
  private volatile long truncated;
  private final AtomicLong highest = new AtomicLong();
  private volatile long syncs;
  private volatile long dropped;

  private RocksJournal(Database database, Fence fence, Lineage lineage, boolean syncing) {
    this.database = database;
    this.fence = fence;
    this.lineage = lineage;
    this.syncing = syncing;
    this.promised = ballot(JournalFormat.PROMISED);
    this.own = ballot(JournalFormat.OWN);
    this.truncated = number(JournalFormat.TRUNCATED);
    this.syncs = number(JournalFormat.SYNCS);
    this.dropped = truncated;
    highest.set(Math.max(truncated, database.last(ACCEPTED).map(JournalFormat::number).orElse(0L)));
    database.scan(DEFAULT, JournalFormat.MET, this::readMet);
  }

  static RocksJournal open(Path path, Options options, Fence fence, Lineage lineage) {
    List<String> families = List.of(Bytes.of(RocksDB.DEFAULT_COLUMN_FAMILY).utf8(), "accepted");
    Database database = Database.open(path, families, options.journal(), options.alarm());
    try {
      return new RocksJournal(database, fence, lineage, options.syncing());
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** How far it has come, synced or not. */
  Floor floor() {
    return new Floor(syncs, promised, own, highest.get());
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
    fence.admit(ballot, 0);
    database.put(DEFAULT, JournalFormat.PROMISED, JournalFormat.encode(ballot));
    promised = ballot;
  }

  @Override
  public void makeBallot(Ballot ballot) {
    Invariant.check(!ballot.isBelow(own), "made %s after %s", ballot, own);
    fence.admit(ballot, 0);
    database.put(DEFAULT, JournalFormat.OWN, JournalFormat.encode(ballot));
    own = ballot;
  }

  @Override
  public void accept(Acceptance acceptance) {
    fence.admit(acceptance.ballot(), acceptance.slot());
    database.put(ACCEPTED, JournalFormat.key(acceptance.slot()), JournalFormat.encode(acceptance));
    highest.accumulateAndGet(acceptance.slot(), Math::max);
  }

  @Override
  public synchronized void truncate(long slot) {
    if (slot > truncated) {
      fence.admit(Ballot.NONE, slot);
      database.write((batch, families) -> truncate(slot, batch, families));
      truncated = slot;
      highest.accumulateAndGet(slot, Math::max);
    }
  }

  /** The number and what it stands for go together. */
  private void truncate(long slot, WriteBatch batch, List<ColumnFamilyHandle> families)
      throws RocksDBException {
    batch.put(
        families.get(DEFAULT), JournalFormat.TRUNCATED.array(), JournalFormat.key(slot).array());
    batch.deleteRange(
        families.get(ACCEPTED),
        JournalFormat.key(truncated + 1).array(),
        JournalFormat.key(slot + 1).array());
  }

  @Override
  public void meet(ReplicaId replica, Life life) {
    database.put(DEFAULT, JournalFormat.metKey(replica), JournalFormat.encode(life));
    met.put(replica, life);
  }

  /**
   * A crash in here leaves the standing that was, and what the journal has by then of the bounds is
   * written once more.
   */
  @Override
  public synchronized void stand(Standing next) {
    Standing now = fence.standing();
    if (now.isBounded() && next.is(Standing.Kind.VOTING)) {
      reach(now);
    }
    fence.stand(next);
  }

  private void reach(Standing bounds) {
    Ballot promise = Ballots.higher(promised, bounds.promised());
    Ballot ballot = Ballots.higher(own, promise);
    long slot = Math.max(truncated, bounds.slot());
    fence.admit(ballot, slot);
    database.write(
        (batch, families) -> {
          batch.put(
              families.get(DEFAULT),
              JournalFormat.PROMISED.array(),
              JournalFormat.encode(promise).array());
          batch.put(
              families.get(DEFAULT),
              JournalFormat.OWN.array(),
              JournalFormat.encode(ballot).array());
          truncate(slot, batch, families);
        });
    promised = promise;
    own = ballot;
    truncated = slot;
    highest.accumulateAndGet(slot, Math::max);
    sync();
  }

  @Override
  public long truncated() {
    return truncated;
  }

  @Override
  public long highest() {
    return highest.get();
  }

  @Override
  public Lineage lineage() {
    return lineage;
  }

  @Override
  public Standing standing() {
    return fence.standing();
  }

  @Override
  public Optional<Life> met(ReplicaId replica) {
    return Optional.ofNullable(met.get(replica));
  }

  @Override
  public void sync() {
    Floor floor = mark();
    long gone = truncated;
    database.flush(syncing);
    fence.synced(floor);
    drop(gone);
  }

  /** Counts a sync, behind all that it is to sync: whichever tail is lost, a count is lost. */
  private synchronized Floor mark() {
    syncs++;
    Floor floor = floor();
    database.put(DEFAULT, JournalFormat.SYNCS, JournalFormat.key(syncs));
    return floor;
  }

  /**
   * Whole files of truncated slots go at once, and not with some later compaction. Behind the sync,
   * since a power cut must not leave them gone and the number that says so lost.
   */
  private void drop(long slot) {
    if (slot > dropped) {
      dropped = slot;
      database.drop(ACCEPTED, JournalFormat.key(0), JournalFormat.key(slot));
    }
  }

  @Override
  public Optional<Acceptance> accepted(long slot) {
    return database
        .get(ACCEPTED, JournalFormat.key(slot))
        .map(value -> JournalFormat.decode(slot, value));
  }

  @Override
  public List<Acceptance> accepted(long from, int bytes) {
    List<Acceptance> page = new ArrayList<>();
    long[] room = {bytes};
    database.scan(
        ACCEPTED,
        JournalFormat.key(from),
        (key, value) -> {
          Acceptance acceptance = JournalFormat.decode(JournalFormat.number(key), value);
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
        database.flush(syncing);
      }
    } finally {
      database.close();
    }
  }

  private Ballot ballot(Bytes name) {
    return database.get(DEFAULT, name).map(JournalFormat::ballot).orElse(Ballot.NONE);
  }

  private long number(Bytes name) {
    return database.get(DEFAULT, name).map(JournalFormat::number).orElse(0L);
  }

  private boolean readMet(Bytes key, Bytes value) {
    Optional<ReplicaId> replica = JournalFormat.metReplica(key);
    replica.ifPresent(id -> met.put(id, JournalFormat.life(value)));
    return replica.isPresent();
  }
}
