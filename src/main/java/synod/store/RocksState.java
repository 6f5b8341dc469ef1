package synod.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import synod.kv.Changes;
import synod.kv.StateStore;
import synod.paxos.Bytes;

/**
 * The state on disk. State: the tables of now; those that were replaced and that a view still
 * reads.
 *
 * <ol>
 *   <li>What is committed is in memory until some slots are ({@link Recent}); then they are written
 *       through the log and not synced. A killed process or a power cut loses a suffix, which the
 *       journal and the peers give back. {@link #persist} syncs, on a thread of its own.
 *   <li>Whoever reads while the state is replaced sees the old one or the new one. A view goes on
 *       seeing the old one, whose files stay until the last is closed.
 *   <li>After a failure, on whatever thread, every call is refused.
 * </ol>
 */
final class RocksState implements StateStore, AutoCloseable {
  private final Options options;
  private final Refusal refusal;
  private final Background syncing;
  private final Background behind;
  private final Generations generations;
  private final RocksSnapshots snapshots;
  private final ReadWriteLock swap = new ReentrantReadWriteLock();
  private final Recent recent = new Recent();
  private final List<StateTables> replaced = new CopyOnWriteArrayList<>();
  private volatile StateTables tables;

  private RocksState(Path home, Options options, Refusal refusal, Closing closing) {
    this.options = options;
    this.refusal = refusal;
    this.generations = Generations.in(home.resolve("state"));
    this.tables = closing.later(StateTables.open(generations.newest(), options));
    this.syncing = closing.later(new Background("synod-state-sync", refusal));
    this.behind = closing.later(new Background("synod-snapshots", refusal));
    this.snapshots =
        new RocksSnapshots(
            home, new RocksSnapshots.Surroundings(options, refusal, behind, this::hold));
  }

  /** Goes on with what is in the data directory. */
  static RocksState open(Path home, Options options) {
    Closing closing = new Closing();
    try {
      return new RocksState(home, options, new Refusal(options.alarm()), closing);
    } catch (RuntimeException e) {
      closing.afterFailure(e);
      throw e;
    }
  }

  @Override
  public Optional<Bytes> get(Table table, Bytes key) {
    synchronized (recent) {
      return recent.get(table, key, () -> with(now -> now.get(table, key)));
    }
  }

  @Override
  public void scan(Table table, Bytes from, Visitor visitor) {
    write();
    with(
        now -> {
          now.scan(table, from, visitor);
          return now;
        });
  }

  @Override
  public void commit(Changes changes) {
    synchronized (recent) {
      refusal.guard(() -> recent);
      recent.add(changes);
      if (recent.isFull()) {
        write();
      }
    }
  }

  /** Whoever looks at the tables themselves sees all that was committed before. */
  private void write() {
    synchronized (recent) {
      if (recent.hasChanges()) {
        with(
            now -> {
              now.commit(recent.changes());
              return now;
            });
        recent.written();
      }
    }
  }

  @Override
  public void persist(Runnable then) {
    RocksSnapshots.Held held = hold();
    syncing.run(
        () -> {
          try (held) {
            held.tables().sync();
          }
          unlessReplaced(held.tables(), then);
        });
  }

  /** What was to be made durable before the state was replaced means nothing after. */
  private void unlessReplaced(StateTables then, Runnable run) {
    with(
        now -> {
          if (now.equals(then)) {
            run.run();
          }
          return now;
        });
  }

  @Override
  public void deleteBelow(Table table, Bytes key) {
    write();
    with(
        now -> {
          now.deleteBelow(table, key);
          return now;
        });
  }

  @Override
  public RocksSnapshots snapshots() {
    return snapshots;
  }

  /**
   * The rename is the moment from which on a crash finds the new state: see {@link Generations}.
   */
  @Override
  public void install() {
    synchronized (recent) {
      refusal.guard(
          () -> {
            generations.install(snapshots.sound());
            replaceBy(StateTables.open(generations.newest(), options));
            recent.clear();
            snapshots.abandon();
            return this;
          });
    }
  }

  private void replaceBy(StateTables next) {
    StateTables old = tables;
    replaced.add(old);
    swap.writeLock().lock();
    try {
      tables = next;
    } finally {
      swap.writeLock().unlock();
    }
    old.retire(
        () -> {
          replaced.remove(old);
          behind.run(() -> DurableFiles.delete(old.path()));
        });
  }

  @Override
  public View view() {
    write();
    return with(StateTables::view);
  }

  private RocksSnapshots.Held hold() {
    write();
    return with(
        now -> {
          View view = now.view();
          return new RocksSnapshots.Held() {
            @Override
            public StateTables tables() {
              return now;
            }

            @Override
            public void close() {
              view.close();
            }
          };
        });
  }

  /** Returns when all is done that had been begun: for tests and for tools, not for a role. */
  void awaitBehind() {
    syncing.await();
    behind.await();
  }

  @Override
  public void close() {
    if (refusal.isOpen()) {
      write();
    }
    refusal.close();
    syncing.close();
    behind.close();
    snapshots.close();
    replaced.forEach(StateTables::close);
    tables.close();
  }

  private <T> T with(Function<StateTables, T> call) {
    swap.readLock().lock();
    try {
      return refusal.guard(() -> call.apply(tables));
    } finally {
      swap.readLock().unlock();
    }
  }
}
