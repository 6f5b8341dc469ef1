package synod.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import synod.kv.StateStore.Visitor;
import synod.paxos.Bytes;
import synod.paxos.StoreException;

/**
 * One RocksDB database. Safe for any thread.
 *
 * <ol>
 *   <li>No native handle is touched once it is closed, which would take the process down without a
 *       word: closing waits for every call under way, and later ones are refused.
 *   <li>After the first failure every call is refused (rule 4).
 * </ol>
 */
final class Database implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 5;

  private final Path path;
  private final RocksDB db;
  private final Watch watch;
  private final List<ColumnFamilyHandle> families;
  private final WriteOptions unsynced = new WriteOptions();
  private final ReadOptions newest = new ReadOptions();
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final Set<Moment> moments = ConcurrentHashMap.newKeySet();
  private volatile Optional<Runnable> retired = Optional.empty();
  private boolean closed;

  private Database(Path path, RocksDB db, List<ColumnFamilyHandle> families, Watch watch) {
    this.watch = watch;
    this.path = path;
    this.db = db;
    this.families = families;
  }

  /** A call that needs the database open. */
  private interface Call<T> {
    T run() throws RocksDBException;
  }

  /** The families by name, the default one first; from then on they go by their place. */
  static Database open(Path path, List<String> names, Options.Opening opening, Alarm alarm) {
    refuseHeadless(path);
    LogCheck.check(path);
    List<ColumnFamilyDescriptor> descriptors =
        names.stream().map(name -> descriptor(name, opening.family())).toList();
    List<ColumnFamilyHandle> families = new ArrayList<>();
    Watch watch = new Watch(path, alarm);
    try {
      RocksDB db = RocksDB.open(opening.database(), path.toString(), descriptors, families);
      Database database = new Database(path, db, families, watch);
      watch.join(database);
      return database;
    } catch (RocksDBException e) {
      throw watch.failed("open", e);
    }
  }

  /** Whether there is one, which opens, or does not because it is damaged. */
  static boolean existsAt(Path path) {
    return Files.exists(path.resolve("CURRENT"));
  }

  /**
   * RocksDB would make an empty one over what is left of the old, and take its logs for its own.
   */
  private static void refuseHeadless(Path path) {
    if (existsAt(path) || !Files.exists(path)) {
      return;
    }
    try (Stream<Path> files = Files.list(path)) {
      if (files.anyMatch(
          file -> file.toString().matches(".*\\.(sst|blob|log)") && file.toFile().length() > 0)) {
        throw new StoreException(
            path
                + " holds data but no file named CURRENT: check the disk, and put back all of the"
                + " directory from where it was whole");
      }
    } catch (IOException e) {
      throw Failure.to("read", path, e);
    }
  }

  /** For looking only: not a byte of it is changed. */
  static Database openToRead(Path path, List<String> names, Options.Opening opening) {
    List<ColumnFamilyDescriptor> descriptors =
        names.stream().map(name -> descriptor(name, opening.family())).toList();
    List<ColumnFamilyHandle> families = new ArrayList<>();
    try {
      RocksDB db = RocksDB.openReadOnly(opening.database(), path.toString(), descriptors, families);
      return new Database(path, db, families, new Watch(path, Alarm.none()));
    } catch (RocksDBException e) {
      throw Failure.to("open", path, e);
    }
  }

  private static ColumnFamilyDescriptor descriptor(String name, ColumnFamilyOptions options) {
    return new ColumnFamilyDescriptor(Bytes.utf8(name).array(), options);
  }

  Optional<Bytes> get(int family, Bytes key) {
    return run("read", () -> read(family, newest, key));
  }

  void put(int family, Bytes key, Bytes value) {
    run(
        "write to",
        () -> {
          db.put(families.get(family), unsynced, key.array(), value.array());
          return this;
        });
  }

  /** Fills a batch with changes, by family. */
  interface Filler {
    void fill(WriteBatch batch, List<ColumnFamilyHandle> families) throws RocksDBException;
  }

  /** Writes all that the filler puts into the batch, or nothing. */
  void write(Filler filler) {
    run(
        "write to",
        () -> {
          try (WriteBatch batch = new WriteBatch()) {
            filler.fill(batch, families);
            db.write(unsynced, batch);
            return this;
          }
        });
  }

  /** Hands what was written to the system; with {@code sync} to the disk. */
  void flush(boolean sync) {
    run(
        "sync",
        () -> {
          db.flushWal(sync);
          return this;
        });
  }

  /**
   * Makes a database of what is written by now, by hard links: into a directory that is not yet.
   */
  void checkpoint(Path to) {
    run(
        "make a checkpoint of",
        () -> {
          try (Checkpoint checkpoint = Checkpoint.create(db)) {
            checkpoint.createCheckpoint(to.toString());
            return this;
          }
        });
  }

  /** Deletes the files that hold nothing but keys from the one to the other: some of it stays. */
  void drop(int family, Bytes from, Bytes to) {
    run(
        "delete from",
        () -> {
          db.deleteFilesInRanges(families.get(family), List.of(from.array(), to.array()), true);
          return this;
        });
  }

  Optional<Bytes> last(int family) {
    return run(
        "read",
        () -> {
          try (RocksIterator at = db.newIterator(families.get(family), newest)) {
            at.seekToLast();
            at.status();
            return at.isValid() ? Optional.of(Bytes.of(at.key())) : Optional.empty();
          }
        });
  }

  void scan(int family, Bytes from, Visitor visitor) {
    run("read", () -> visit(family, newest, from, visitor));
  }

  Moment moment() {
    return run(
        "read",
        () -> {
          Moment moment = new Moment();
          moments.add(moment);
          return moment;
        });
  }

  /** A snapshot of the database; to be closed. */
  final class Moment implements AutoCloseable {
    private final Snapshot snapshot = db.getSnapshot();
    private final ReadOptions then = new ReadOptions().setSnapshot(snapshot);

    Optional<Bytes> get(int family, Bytes key) {
      return run("read", () -> read(family, then, key));
    }

    void scan(int family, Bytes from, Visitor visitor) {
      run("read", () -> visit(family, then, from, visitor));
    }

    /** After the database this does nothing: the snapshot has gone with it. */
    @Override
    public void close() {
      lock.readLock().lock();
      try {
        if (moments.remove(this)) {
          release();
        }
      } finally {
        lock.readLock().unlock();
      }
      closeIfUnused();
    }

    private void release() {
      then.close();
      db.releaseSnapshot(snapshot);
    }
  }

  /** Closes it as soon as no moment of it is open, and runs {@code then} after that. */
  void retire(Runnable then) {
    retired = Optional.of(then);
    closeIfUnused();
  }

  /** Whoever retires it sees to it that no moment is begun any more. */
  private void closeIfUnused() {
    if (retired.isEmpty() || !moments.isEmpty()) {
      return;
    }
    lock.writeLock().lock();
    try {
      if (!closed) {
        close();
        retired.ifPresent(Runnable::run);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public void close() {
    if (!lockAll()) {
      return;
    }
    try {
      if (!closed) {
        askBehind();
        closed = true;
        watch.leave(this);
        release();
      }
    } catch (RocksDBException e) {
      // After a failure this is but its echo: whoever closes has been told.
      if (watch.failure().isEmpty()) {
        throw Failure.to("close", path, e);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Whoever is stuck in RocksDB after a failure stays there: then the handles stay open. */
  private boolean lockAll() {
    if (watch.failure().isEmpty()) {
      lock.writeLock().lock();
      return true;
    }
    try {
      return lock.writeLock().tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void release() throws RocksDBException {
    // RocksDB does not close over a snapshot that somebody still holds.
    moments.forEach(Moment::release);
    moments.clear();
    families.forEach(ColumnFamilyHandle::close);
    newest.close();
    unsynced.close();
    db.closeE();
  }

  /** Raises the alarm if a thread of RocksDB has failed. Waits for nobody. */
  void askBehind() {
    if (!lock.readLock().tryLock()) {
      return;
    }
    try {
      if (!closed && db.getLongProperty("rocksdb.background-errors") > 0) {
        watch.failedBehind();
      }
    } catch (RocksDBException e) {
      watch.failedBehind();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Whether it is open, and no call has failed so that what is on disk is not known. */
  boolean usable() {
    lock.readLock().lock();
    try {
      return !closed && watch.failure().isEmpty();
    } finally {
      lock.readLock().unlock();
    }
  }

  private Optional<Bytes> read(int family, ReadOptions options, Bytes key) throws RocksDBException {
    byte @Nullable [] value = db.get(families.get(family), options, key.array());
    return value == null ? Optional.empty() : Optional.of(Bytes.of(value));
  }

  private Database visit(int family, ReadOptions options, Bytes from, Visitor visitor)
      throws RocksDBException {
    try (RocksIterator at = db.newIterator(families.get(family), options)) {
      boolean more = true;
      for (at.seek(from.array()); more && at.isValid(); at.next()) {
        more = visitor.visit(Bytes.of(at.key()), Bytes.of(at.value()));
      }
      at.status();
      return this;
    }
  }

  private <T> T run(String doing, Call<T> call) {
    lock.readLock().lock();
    try {
      refuse(doing);
      return call.run();
    } catch (RocksDBException e) {
      throw watch.failed(doing, e);
    } finally {
      lock.readLock().unlock();
    }
  }

  private void refuse(String doing) {
    if (closed) {
      throw new StoreException("cannot " + doing + " " + path + ": it is closed");
    }
    Optional<StoreException> before = watch.failure();
    if (before.isPresent()) {
      throw Failure.to(doing, path, before.get());
    }
  }
}
