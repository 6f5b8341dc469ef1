package synod.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.rocksdb.AbstractEventListener;
import org.rocksdb.BackgroundErrorReason;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import synod.paxos.StoreException;

/**
 * Hears of the failures of one database: those that a caller is told, and those of RocksDB's own
 * threads, after which a writer may wait for ever and be told nothing.
 */
final class Watch implements AutoCloseable {
  private final Path path;
  private final Alarm alarm;
  private final DBOptions options;
  private final Listener listener = new Listener();
  private final AtomicReference<@Nullable StoreException> first = new AtomicReference<>();

  Watch(Path path, DBOptions options, Alarm alarm) {
    this.path = path;
    this.alarm = alarm;
    this.options = new DBOptions(options).setListeners(List.of(listener));
  }

  /** To open the database with. */
  DBOptions options() {
    return options;
  }

  /** The first there was. */
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

  private final class Listener extends AbstractEventListener {
    Listener() {
      super(EnabledEventCallback.ON_BACKGROUND_ERROR);
    }

    /** On a thread of RocksDB. */
    @Override
    public void onBackgroundError(BackgroundErrorReason reason, Status status) {
      StoreException failure = Failure.to("go on with", path, new RocksDBException(status));
      first.compareAndSet(null, failure);
      alarm.failedBehind(failure);
    }
  }

  @Override
  public void close() {
    options.close();
    listener.close();
  }
}
