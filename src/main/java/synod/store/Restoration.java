package synod.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import synod.kv.Machine;
import synod.kv.StateSummary;
import synod.paxos.Bytes;
import synod.paxos.Journal;
import synod.paxos.Snapshot;
import synod.paxos.Snapshots;
import synod.paxos.StoreException;

/**
 * A backup that was found whole, to make data directories of. Each begins a new history at the slot
 * of the backup: its journal is empty and truncated there, and its promise is none. So all replicas
 * of a cluster begin so, or none.
 */
public final class Restoration {
  private static final int PIECE = 1 << 20;

  private final SnapshotFiles backup;
  private final StateSummary state;

  private Restoration(SnapshotFiles backup, StateSummary state) {
    this.backup = backup;
    this.state = state;
  }

  /**
   * Reads all of the backup, and counts its keys.
   *
   * @throws StoreException if it is none, or not whole
   */
  public static Restoration of(Path directory) {
    SnapshotFiles backup =
        SnapshotFiles.find(directory)
            .orElseThrow(
                () ->
                    new StoreException(
                        directory + " holds no whole backup: one has a header, and all its files"));
    try (Options options = new Options(Alarm.none(), true)) {
      if (!backup.isSound() || !backup.isStateAtItsSlot(options)) {
        throw new StoreException("the backup " + directory + " is damaged: take another one");
      }
      return new Restoration(backup, SnapshotFiles.summary(directory, options));
    }
  }

  /** What stands in the backup. */
  public StateSummary state() {
    return state;
  }

  /**
   * Refuses a data directory that holds anything.
   *
   * @throws StoreException if it does
   */
  public static void refuseWhatIsNotEmpty(Path data) {
    if (Files.exists(data) && !(Files.isDirectory(data) && DurableFiles.list(data).isEmpty())) {
      throw new StoreException(
          data + " is not empty, and a restore replaces nothing: move it away first");
    }
  }

  /**
   * Makes a data directory of that cluster beside {@code data}, where nobody starts on it; {@link
   * #finish} gives it its name.
   */
  public void prepare(Path data, DataDirectory.Owner self, long clusterId) {
    refuseWhatIsNotEmpty(data);
    Path draft = draft(data);
    DurableFiles.delete(draft);
    try (DataDirectory directory = DataDirectory.open(draft, self)) {
      receive(directory.archive());
      Machine machine = Machine.open(directory.state());
      machine.install();
      if (!machine.summary().equals(state)) {
        throw new StoreException("the backup " + backup.directory() + " changed meanwhile");
      }
      Journal journal = directory.journal();
      journal.truncate(state.applied());
      journal.sync();
      directory.found(clusterId);
    }
  }

  /** By the way a snapshot comes from a peer, and with all that is checked of one. */
  private void receive(Archive archive) {
    Snapshot snapshot = backup.name();
    Snapshots to = archive.snapshots();
    to.receive(snapshot);
    while (to.received() < snapshot.bytes() && to.stage() == Snapshots.Stage.RECEIVING) {
      Optional<Bytes> piece = backup.read(to.received(), PIECE);
      to.append(
          piece.orElseThrow(
              () -> new StoreException("the backup " + backup.directory() + " changed meanwhile")));
    }
    archive.await();
    if (to.stage() != Snapshots.Stage.SOUND) {
      throw new StoreException("the backup " + backup.directory() + " arrived damaged");
    }
  }

  /** From when this returns on, a replica can start on the data directory. */
  public static void finish(Path data) {
    DurableFiles.rename(draft(data), data);
  }

  private static Path draft(Path data) {
    return data.resolveSibling(data.getFileName() + ".restoring");
  }
}
