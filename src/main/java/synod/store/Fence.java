package synod.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import synod.paxos.Ballot;
import synod.paxos.Standing;
import synod.paxos.StoreException;

/**
 * Knows from outside RocksDB between which bounds the journal must be, since RocksDB opens without
 * a word when a log is deleted, or cut where it seems torn. Safe for any thread.
 *
 * <ol>
 *   <li>The journal has synced all that the floor says: it is written behind each sync, and not
 *       synced itself. So it is exact after a kill, and a lower bound after a power cut.
 *   <li>The journal exceeds the ceiling in nothing: a higher one is on disk, in both copies, first.
 *   <li>Standing and ceiling are on disk, in both copies, when the method that changes them
 *       returns. Before, nobody has acted on them: so either copy alone will do.
 *   <li>After a failure it refuses everything.
 * </ol>
 */
final class Fence implements AutoCloseable {
  /** Floors that are written between two that are also synced. */
  private static final int UNSYNCED_FLOORS = 1_000;

  private final FenceFiles files;
  private volatile Marks marks;
  private volatile @Nullable StoreException refusal;
  private int unsynced;

  private Fence(FenceFiles files, Marks marks) {
    this.files = files;
    this.marks = marks;
  }

  /** Writes both copies, and the names of the files, to disk. */
  static Fence open(Path data, Marks marks) {
    Fence fence = new Fence(FenceFiles.open(data), marks);
    try {
      fence.settle(marks);
      DurableFiles.sync(data);
      return fence;
    } catch (IOException e) {
      fence.close();
      throw Failure.to("sync", data, e);
    } catch (RuntimeException e) {
      fence.close();
      throw e;
    }
  }

  Standing standing() {
    return marks.standing();
  }

  /** Does what the journal has to be told first: see {@link Ceiling}. */
  void admit(Ballot ballot, long slot) {
    refuseAfterFailure();
    if (!marks.ceiling().covers(ballot.round(), slot)) {
      raise(ballot.round(), slot);
    }
  }

  private synchronized void raise(long round, long slot) {
    if (!marks.ceiling().covers(round, slot)) {
      settle(marks.with(marks.ceiling().raised(round, slot)));
    }
  }

  /** The journal has synced all of this. */
  synchronized void synced(Floor floor) {
    refuseAfterFailure();
    if (marks.floor().lacks(floor)) {
      unsynced = (unsynced + 1) % UNSYNCED_FLOORS;
      Marks next = marks.with(marks.floor().or(floor)).at(marks.sequence() + 1);
      write(next, unsynced == 0);
      marks = next;
    }
  }

  synchronized void stand(Standing standing) {
    refuseAfterFailure();
    Ceiling ceiling = marks.ceiling().raised(standing.promised().round(), standing.slot());
    settle(marks.with(standing).with(ceiling));
  }

  /**
   * Compares the journal, as it was opened, with the floor. One that is below has lost what it had
   * synced: its acceptor may have said anything up to the ceiling, and the floor is where the
   * journal is now.
   *
   * @param made whether there was no journal, and it has just been made
   * @return what a person should know, if it is below
   */
  synchronized Optional<String> compare(Floor found, boolean made) {
    Floor floor = marks.floor();
    boolean lost = found.lacks(floor) || (made && !marks.ceiling().equals(Ceiling.NONE));
    Ceiling ceiling = marks.ceiling().raised(found.round(), found.highest());
    Standing standing = lost ? afterLoss(ceiling) : marks.standing();
    settle(marks.with(standing).with(lost ? found : floor.or(found)).with(ceiling));
    return lost
        ? Optional.of(
            String.format(
                "the disk has lost what was synced to it: the journal holds %s; it did hold %s or"
                    + " more. This replica is %s",
                made ? "nothing" : found, floor, standing))
        : Optional.empty();
  }

  /**
   * Of one whose disk may have been wiped before, the ceiling is not all that was ever said; and
   * bounds that were agreed upon before hold still, since it has accepted nothing since.
   */
  private Standing afterLoss(Ceiling ceiling) {
    return switch (marks.standing().kind()) {
      case RETURNING, VOTING -> ceiling.repairing();
      case FRESH, QUARANTINED -> Standing.of(Standing.Kind.QUARANTINED);
      case REPAIRING -> ceiling.repairing();
      case READMITTING -> marks.standing();
    };
  }

  /** One copy after the other, the older one first: a crash between the two leaves both whole. */
  private void settle(Marks next) {
    Marks written = next.at(marks.sequence());
    for (int copy = 0; copy < files.count(); copy++) {
      written = written.at(written.sequence() + 1);
      write(written, true);
    }
    marks = written;
  }

  private void write(Marks next, boolean force) {
    try {
      files.write((int) (next.sequence() % files.count()), next, force);
    } catch (StoreException e) {
      refusal = e;
      throw e;
    }
  }

  private void refuseAfterFailure() {
    StoreException before = refusal;
    if (before != null) {
      throw new StoreException("the fence refuses: " + before.getMessage(), before);
    }
  }

  @Override
  public void close() {
    files.close();
  }
}
