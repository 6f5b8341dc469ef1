package synod.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import synod.kv.StateStore;
import synod.paxos.Invariant;
import synod.paxos.Journal;
import synod.paxos.Life;
import synod.paxos.ReplicaId;
import synod.paxos.StoreException;

/**
 * A replica's data directory, open for one life of its process. Owns every native handle: journal
 * and state live until it is closed, and refuse afterwards.
 */
public final class DataDirectory implements AutoCloseable {
  private final Closing closing;
  private final IdentityFile file;
  private final RocksJournal journal;
  private final RocksState state;
  private final Archive archive;
  private final List<String> notes = new ArrayList<>();
  private Identity identity;

  /** Whose a directory is: the cluster's name and the replica's id, as configured. */
  public record Owner(String cluster, ReplicaId replica) {}

  private DataDirectory(Closing closing, Path path, Beginning beginning, Options options) {
    this.closing = closing;
    this.file = new IdentityFile(path);
    this.identity = beginning.identity();
    this.notes.addAll(beginning.notes());
    if (beginning.isNew()) {
      file.write(identity);
    }
    Fence fence = closing.later(Fence.open(path, beginning.marks()));
    Path at = path.resolve("journal");
    boolean made = !Database.existsAt(at);
    this.journal = closing.later(RocksJournal.open(at, options, fence, identity.lineage()));
    fence.compare(journal.floor(), made).ifPresent(notes::add);
    this.state = closing.later(RocksState.open(path, options));
    this.archive = new Archive(path, state);
    if (!beginning.isNew()) {
      file.write(identity);
    }
  }

  /**
   * How a directory is used.
   *
   * @param syncing false for experiments only: after a power cut the acceptor has then forgotten
   *     what it has said, and has to learn before it answers again
   * @param reserve MiB that are kept free for a start on a full disk
   * @param fatal hears of failures behind the scenes: the process has to end, though some of its
   *     threads may be stuck in the store for ever
   */
  public record Manner(boolean syncing, int reserve, Consumer<String> fatal) {}

  /**
   * Makes the directory if there is none, and begins the next incarnation, which is durable when
   * this returns.
   *
   * @throws StoreException if it is in use, another's, of a later format, or damaged: says which,
   *     and what to do
   */
  public static DataDirectory open(Path path, Owner owner, Manner manner) {
    return open(path, owner, manner, Options.BUFFER);
  }

  /** With so many bytes of a family in memory before it gets a file. */
  static DataDirectory open(Path path, Owner owner, Manner manner, long buffer) {
    Closing closing = new Closing();
    try {
      create(path);
      closing.later(DirectoryLock.take(path));
      Reserve reserve = new Reserve(path, manner.reserve());
      reserve.releaseIfShort();
      Beginning beginning = Beginning.on(path, owner);
      Alarm alarm = new Alarm(reserve::release, manner.fatal());
      closing.later(alarm.start());
      Options options = closing.later(new Options(alarm, manner.syncing(), buffer));
      DataDirectory directory = new DataDirectory(closing, path, beginning, options);
      reserve.keep().ifPresent(directory.notes::add);
      return directory;
    } catch (RuntimeException e) {
      closing.afterFailure(e);
      throw e;
    }
  }

  /** As above: it syncs, keeps no reserve, and nobody hears of failures behind the scenes. */
  public static DataDirectory open(Path path, Owner owner) {
    return open(path, owner, new Manner(true, 0, why -> {}));
  }

  /** This process on this directory. */
  public Life life() {
    return journal.life();
  }

  /** On which all replicas of the cluster agree; nothing while it is not known here. */
  public synchronized OptionalLong clusterId() {
    long id = identity.clusterId();
    return id == 0 ? OptionalLong.empty() : OptionalLong.of(id);
  }

  /**
   * Writes down the number of the cluster, which is durable when this returns.
   *
   * @throws StoreException if another stands there
   */
  public synchronized void found(long clusterId) {
    Invariant.check(clusterId != 0, "0 is the number of no cluster");
    long known = identity.clusterId();
    if (known != 0 && known != clusterId) {
      throw new StoreException(
          String.format(
              "this directory belongs to the cluster %016x, the others are %016x: give the replica"
                  + " the directory that it had in this cluster, or an empty one",
              known, clusterId));
    }
    if (known == 0) {
      Identity founded = identity.found(clusterId);
      file.write(founded);
      identity = founded;
    }
  }

  /** What a person should know of how it was found: losses, damage, lack of room. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  public Journal journal() {
    return journal;
  }

  public StateStore state() {
    return state;
  }

  public Archive archive() {
    return archive;
  }

  /** Does nothing the second time. */
  @Override
  public void close() {
    closing.close();
  }

  private static void create(Path path) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw Failure.to("make the data directory", path, e);
    }
  }
}
