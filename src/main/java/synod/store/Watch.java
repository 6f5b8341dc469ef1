package synod.store;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import synod.paxos.StoreException;

/** Remembers the first failure of one database, and raises the alarm. */
final class Watch {
  private final Path path;
  private final Alarm alarm;
  private final AtomicReference<@Nullable StoreException> first = new AtomicReference<>();

  Watch(Path path, Alarm alarm) {
    this.path = path;
    this.alarm = alarm;
  }

  /** From now on the alarm asks it. */
  void join(Database database) {
    alarm.watch(database);
  }

  void leave(Database database) {
    alarm.leave(database);
  }

  Optional<StoreException> failure() {
    return Optional.ofNullable(first.get());
  }

  /** What to throw. */
  StoreException failed(String doing, RocksDBException e) {
    StoreException failure = Failure.to(doing, path, e);
    first.compareAndSet(null, failure);
    alarm.failed(failure);
    return failure;
  }

  /** A thread of RocksDB has failed. */
  void failedBehind() {
    StoreException failure =
        new StoreException(
            "cannot go on with "
                + path
                + ": "
                + RocksLog.lastFailure(path)
                    .orElse("RocksDB has failed in it, and says why in the file LOG"));
    if (first.compareAndSet(null, failure)) {
      alarm.failedBehind(failure);
    }
  }
}
