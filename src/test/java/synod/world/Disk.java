package synod.world;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import synod.memory.ForwardingJournal;
import synod.memory.MemoryJournal;
import synod.paxos.Acceptance;
import synod.paxos.Ballot;
import synod.paxos.Life;
import synod.paxos.Standing;

/** A journal in memory that knows what a power cut would leave of it. */
final class Disk extends ForwardingJournal {
  private final MemoryJournal journal;
  private final List<Acceptance> unsynced = new ArrayList<>();
  private final TreeMap<Long, Ballot> synced = new TreeMap<>();
  private final Consumer<Acceptance> durable;
  private Ballot syncedPromise = Ballot.NONE;
  private Ballot syncedBallot = Ballot.NONE;

  /** {@code durable} hears of each acceptance when a sync has made it durable. */
  Disk(Life life, Consumer<Acceptance> durable) {
    this(new MemoryJournal(life, Standing.of(Standing.Kind.FRESH)), durable);
  }

  private Disk(MemoryJournal journal, Consumer<Acceptance> durable) {
    super(journal);
    this.journal = journal;
    this.durable = durable;
  }

  boolean holdsPromise(Ballot ballot) {
    return !syncedPromise.isBelow(ballot);
  }

  boolean holdsBallot(Ballot ballot) {
    return !syncedBallot.isBelow(ballot);
  }

  boolean holdsAcceptance(long slot, Ballot ballot) {
    return slot <= truncated() || !synced.getOrDefault(slot, Ballot.NONE).isBelow(ballot);
  }

  /** A new process opens it. */
  void reopen() {
    journal.reopen();
  }

  @Override
  public void stand(Standing standing) {
    super.stand(standing);
    sync();
  }

  /** A power cut: what was not synced is gone. */
  void crash() {
    unsynced.clear();
    journal.crash();
  }

  @Override
  public void sync() {
    journal.sync();
    syncedPromise = journal.promised();
    syncedBallot = journal.ownBallot();
    for (Acceptance acceptance : unsynced) {
      synced.put(acceptance.slot(), acceptance.ballot());
      durable.accept(acceptance);
    }
    unsynced.clear();
  }

  @Override
  public void accept(Acceptance acceptance) {
    journal.accept(acceptance);
    unsynced.add(acceptance);
  }
}
