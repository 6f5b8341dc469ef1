package synod.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import synod.kv.StateSummary;
import synod.paxos.Bytes;
import synod.paxos.Snapshot;
import synod.paxos.StoreException;

/**
 * The snapshots that were made here, each in a directory of its own. State: those that are kept,
 * the newest last.
 *
 * <ol>
 *   <li>A snapshot is made under the name {@code making.tmp}, and gets its own when it is durable:
 *       what has a name is whole.
 *   <li>Of the older ones only those are kept that somebody reads.
 *   <li>One of which a file is not what it was is gone: it is not offered any more, and before the
 *       next one is, all of that is read. Its files may be the state's own, by hard links: what is
 *       damaged there is a failure of the store.
 * </ol>
 */
final class MadeSnapshots {
  private static final long READ_LATELY = TimeUnit.MINUTES.toNanos(1);

  private final Path home;
  private final Options options;
  private volatile List<Kept> kept;
  private final Queue<Kept> damaged = new ConcurrentLinkedQueue<>();

  /** One that is kept, and when it was last read: {@link System#nanoTime}. */
  private static final class Kept {
    private final Snapshot name;
    private final SnapshotFiles files;
    private final ReadCheck check;
    private volatile Optional<Long> lastRead = Optional.empty();

    Kept(SnapshotFiles files) {
      this.name = files.name();
      this.files = files;
      this.check = new ReadCheck(files);
    }

    boolean isRead() {
      return lastRead.filter(then -> System.nanoTime() - then < READ_LATELY).isPresent();
    }
  }

  private MadeSnapshots(Path home, Options options, List<Kept> kept) {
    this.home = home;
    this.options = options;
    this.kept = kept;
  }

  /** Keeps the newest that is there, and deletes what a crash left behind. */
  static MadeSnapshots in(Path home, Options options) {
    DurableFiles.create(home);
    List<SnapshotFiles> whole = new ArrayList<>();
    for (Path path : DurableFiles.list(home)) {
      Optional<SnapshotFiles> files =
          path.toString().endsWith(".tmp") ? Optional.empty() : SnapshotFiles.find(path);
      files.ifPresentOrElse(whole::add, () -> DurableFiles.delete(path));
    }
    whole.sort((one, other) -> Long.compare(one.name().slot(), other.name().slot()));
    MadeSnapshots made = new MadeSnapshots(home, options, whole.stream().map(Kept::new).toList());
    made.deleteOlder();
    return made;
  }

  Optional<Snapshot> newest() {
    return last().map(one -> one.name);
  }

  /** Takes as long as it takes to read what is new since the last one: not for a role's thread. */
  void make(StateTables tables, BiConsumer<SnapshotFiles, StateSummary> then) {
    List<Kept> gone = List.copyOf(damaged);
    Path making = home.resolve("making.tmp");
    DurableFiles.delete(making);
    DurableFiles.create(making);
    tables.checkpoint(SnapshotFiles.state(making));
    // Whoever commits meanwhile does so before or after: only the checkpoint itself knows.
    StateSummary summary = SnapshotFiles.summary(making, options);
    long slot = summary.applied();
    Snapshot draft = new Snapshot(slot, ThreadLocalRandom.current().nextLong(), 0);
    SnapshotFiles described = SnapshotFiles.describe(making, draft, last().map(one -> one.files));
    if (!gone.isEmpty()) {
      refuseDamaged(tables, described);
    }
    Path path = home.resolve(String.format("%d-%016x", slot, draft.id()));
    DurableFiles.rename(making, path);
    SnapshotFiles files = described.movedTo(path);
    add(new Kept(files));
    deleteOlder();
    gone.forEach(one -> DurableFiles.delete(one.files.directory()));
    damaged.removeAll(gone);
    then.accept(files, summary);
  }

  /** Reads with a cache of its own: what the state's has of these files may be older than them. */
  private static void refuseDamaged(StateTables tables, SnapshotFiles made) {
    try (Options cold = new Options(Alarm.none(), true)) {
      if (!made.isStateAtItsSlot(cold)) {
        throw new StoreException(
            tables.path() + " is damaged: check the disk, and move the data directory aside");
      }
    }
  }

  /** Whoever has read a file of it that is damaged does not get the rest. */
  Optional<Bytes> read(Snapshot snapshot, long offset, int most) {
    Optional<Kept> one = kept.stream().filter(k -> k.name.equals(snapshot)).findFirst();
    one.ifPresent(k -> k.lastRead = Optional.of(System.nanoTime()));
    Optional<Bytes> piece =
        one.flatMap(k -> k.files.read(offset, most).filter(bytes -> k.check.passes(offset, bytes)));
    if (one.isPresent() && piece.isEmpty()) {
      drop(one.get());
    }
    return piece;
  }

  /** Its files stay until there is a next one: deleting is not for a role's thread. */
  private synchronized void drop(Kept gone) {
    damaged.add(gone);
    kept = kept.stream().filter(one -> !one.equals(gone)).toList();
  }

  private synchronized void add(Kept one) {
    kept = Stream.concat(kept.stream(), Stream.of(one)).toList();
  }

  private synchronized void deleteOlder() {
    List<Kept> all = kept;
    List<Kept> older = all.subList(0, Math.max(0, all.size() - 1));
    List<Kept> rubbish = older.stream().filter(one -> !one.isRead()).toList();
    kept = all.stream().filter(one -> !rubbish.contains(one)).toList();
    rubbish.forEach(one -> DurableFiles.delete(one.files.directory()));
  }

  private Optional<Kept> last() {
    List<Kept> all = kept;
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }
}
