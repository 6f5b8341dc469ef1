package synod.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import synod.kv.StateStore;
import synod.paxos.Journal;
import synod.paxos.ReplicaId;
import synod.paxos.StoreException;

/**
 * A replica's data directory, open for one life of its process. Owns every native handle: journal
 * and state live until it is closed, and refuse afterwards.
 */
public final class DataDirectory implements AutoCloseable {
  private final Closing closing;
  private final Identity identity;
  private final RocksJournal journal;
  private final RocksState state;
  private final Archive archive;

  private DataDirectory(Closing closing, Path path, Identity identity, boolean syncing) {
    this.closing = closing;
    this.identity = identity;
    Options options = closing.later(new Options());
    this.journal = closing.later(RocksJournal.open(path.resolve("journal"), options, syncing));
    this.state = closing.later(RocksState.open(path, options, failure -> {}));
    this.archive = new Archive(path, state);
  }

  /**
   * Makes the directory if there is none, and begins the next incarnation, which is durable when
   * this returns.
   *
   * @throws StoreException if it is in use, another replica's, of a later format, or damaged
   */
  public static DataDirectory open(Path path, ReplicaId self) {
    return open(path, self, true);
  }

  /**
   * As above, and chooses whether the journal syncs.
   *
   * @param syncing false for experiments only: a power cut then makes the acceptor forget what it
   *     has said, and two batches may be chosen for one slot
   */
  public static DataDirectory open(Path path, ReplicaId self, boolean syncing) {
    Closing closing = new Closing();
    try {
      create(path);
      closing.later(DirectoryLock.take(path));
      return new DataDirectory(closing, path, begin(path, self), syncing);
    } catch (RuntimeException e) {
      closing.afterFailure(e);
      throw e;
    }
  }

  /** 1 for the first process that opened this directory, and one more for each later one. */
  public long incarnation() {
    return identity.incarnation();
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

  /** The identity of this life: the one that stands there, one incarnation on. */
  private static Identity begin(Path path, ReplicaId self) {
    Path file = path.resolve("identity");
    Optional<Identity> last = Identity.read(file);
    if (last.isEmpty()) {
      refuseNameless(path);
    }
    Identity now = last.map(Identity::next).orElseGet(() -> new Identity(self, 1));
    if (!now.replica().equals(self)) {
      throw new StoreException(
          String.format(
              "%s is the data directory of replica %s, this is replica %s:"
                  + " give each replica a directory of its own",
              path, now.replica(), self));
    }
    now.write(file);
    return now;
  }

  /** Counting incarnations anew over old state would use old sessions a second time. */
  private static void refuseNameless(Path path) {
    if (Stream.of("journal", "state").anyMatch(name -> Files.exists(path.resolve(name)))) {
      throw new StoreException(
          path
              + " holds a store but no file named identity: put that file back, or start on an"
              + " empty directory if this one is lost");
    }
  }
}
