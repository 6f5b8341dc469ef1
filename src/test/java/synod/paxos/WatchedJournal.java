package synod.paxos;

import java.util.TreeSet;
import synod.memory.ForwardingJournal;
import synod.memory.MemoryJournal;

/** A journal in memory that knows whether what a role says is on disk already. */
final class WatchedJournal extends ForwardingJournal {
  private final MemoryJournal journal;
  private final TreeSet<Long> unsyncedSlots = new TreeSet<>();
  private boolean promiseUnsynced;
  private boolean ownUnsynced;

  WatchedJournal() {
    this(new MemoryJournal());
  }

  private WatchedJournal(MemoryJournal journal) {
    super(journal);
    this.journal = journal;
  }

  /** I4: whether the disk holds what this message rests on. */
  boolean holds(Message message) {
    if (message instanceof Message.Promise promise) {
      return !promiseUnsynced && !journal.promised().isBelow(promise.ballot());
    } else if (message instanceof Message.Accepted accepted) {
      return !promiseUnsynced
          && !unsyncedSlots.contains(accepted.slot())
          && !journal.promised().isBelow(accepted.ballot())
          && journal
              .accepted(accepted.slot())
              .filter(a -> !a.ballot().isBelow(accepted.ballot()))
              .isPresent();
    } else if (message instanceof Message.Prepare prepare) {
      return !ownUnsynced && !journal.ownBallot().isBelow(prepare.ballot());
    }
    return true;
  }

  /** A power cut. */
  void crash() {
    journal.crash();
    clean();
  }

  void poison() {
    journal.poison();
  }

  private void clean() {
    unsyncedSlots.clear();
    promiseUnsynced = false;
    ownUnsynced = false;
  }

  @Override
  public void promise(Ballot ballot) {
    journal.promise(ballot);
    promiseUnsynced = true;
  }

  @Override
  public void accept(Acceptance acceptance) {
    journal.accept(acceptance);
    unsyncedSlots.add(acceptance.slot());
  }

  @Override
  public void makeBallot(Ballot ballot) {
    journal.makeBallot(ballot);
    ownUnsynced = true;
  }

  @Override
  public void sync() {
    journal.sync();
    clean();
  }
}
