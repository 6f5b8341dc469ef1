package synod.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import synod.kv.StateSummary;
import synod.paxos.Bytes;
import synod.paxos.Snapshot;

/**
 * The snapshots that were made here, each in a directory of its own. State: those that are kept,
 * the newest last.
 *
 * <ol>
 *   <li>A snapshot is made under the name {@code making.tmp}, and gets its own when it is durable:
 *       what has a name is whole.
 *   <li>Of the older ones only those are kept that somebody reads.
 * </ol>
 */
final class MadeSnapshots {
  private static final long READ_LATELY = TimeUnit.MINUTES.toNanos(1);

  private final Path home;
  private final Options options;
  private volatile List<Kept> kept;

  /** One that is kept, and when it was last read: {@link System#nanoTime}. */
  private static final class Kept {
    private final Snapshot name;
    private final SnapshotFiles files;
    private volatile Optional<Long> lastRead = Optional.empty();

    Kept(SnapshotFiles files) {
      this.name = files.name();
      this.files = files;
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
    Path making = home.resolve("making.tmp");
    DurableFiles.delete(making);
    DurableFiles.create(making);
    tables.checkpoint(SnapshotFiles.state(making));
    // Whoever commits meanwhile does so before or after: only the checkpoint itself knows.
    StateSummary summary = SnapshotFiles.summary(making, options);
    long slot = summary.applied();
    Snapshot draft = new Snapshot(slot, ThreadLocalRandom.current().nextLong(), 0);
    SnapshotFiles described = SnapshotFiles.describe(making, draft, last().map(one -> one.files));
    Path path = home.resolve(String.format("%d-%016x", slot, draft.id()));
    DurableFiles.rename(making, path);
    SnapshotFiles files = described.movedTo(path);
    List<Kept> more = new ArrayList<>(kept);
    more.add(new Kept(files));
    kept = List.copyOf(more);
    deleteOlder();
    then.accept(files, summary);
  }

  Optional<Bytes> read(Snapshot snapshot, long offset, int most) {
    Optional<Kept> one = kept.stream().filter(k -> k.name.equals(snapshot)).findFirst();
    one.ifPresent(k -> k.lastRead = Optional.of(System.nanoTime()));
    return one.flatMap(k -> k.files.read(offset, most));
  }

  private void deleteOlder() {
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
