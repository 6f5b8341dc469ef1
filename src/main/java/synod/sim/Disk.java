package synod.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import synod.memory.ForwardingJournal;
import synod.memory.MemoryJournal;
import synod.paxos.Acceptance;
import synod.paxos.Ballot;
import synod.paxos.Life;
import synod.paxos.ReplicaId;
import synod.paxos.Standing;
import synod.paxos.StoreException;

/**
 * The journal of a replica on a disk that can fail: with an unsynced tail of which a power cut
 * leaves the first writes, and a memory of its own of what was synced, against which the invariants
 * are checked.
 */
final class Disk extends ForwardingJournal {
  /** What the next write or sync meets. */
  enum Trouble {
    NONE,
    CUT_AT_WRITE,
    CUT_BEFORE_SYNC,
    CUT_AFTER_SYNC,
    FAIL_WRITE,
    /** The sync says that it failed; chance decides whether it did. */
    FAIL_SYNC,
    /** Writes fail until there is room again. */
    FULL;

    private boolean is(Trouble... any) {
      return List.of(any).contains(this);
    }
  }

  private final MemoryJournal journal;
  private final SplittableRandom random;
  private final Consumer<Acceptance> durable;
  private final List<Acceptance> unsynced = new ArrayList<>();
  private final TreeMap<Long, Ballot> synced = new TreeMap<>();
  private final TreeSet<Long> incarnations = new TreeSet<>();
  private Ballot syncedPromise;
  private Ballot syncedBallot = Ballot.NONE;
  private Trouble trouble = Trouble.NONE;

  /** {@code durable} hears of each acceptance when it can not be lost any more. */
  Disk(MemoryJournal journal, SplittableRandom random, Consumer<Acceptance> durable) {
    super(journal);
    this.journal = journal;
    this.random = random;
    this.durable = durable;
    this.syncedPromise = journal.promised();
    incarnations.add(journal.life().incarnation());
  }

  /** The same as it is at this moment, to be put back one day. */
  Disk copy() {
    Disk copy = new Disk(journal.copy(), random, durable);
    copy.synced.putAll(synced);
    copy.syncedBallot = syncedBallot;
    copy.incarnations.addAll(incarnations);
    return copy;
  }

  void meets(Trouble next) {
    trouble = next;
  }

  // ---------------------------------------------------------------- what a power cut would leave

  boolean holdsPromise(Ballot ballot) {
    return !syncedPromise.isBelow(ballot);
  }

  boolean holdsBallot(Ballot ballot) {
    return !syncedBallot.isBelow(ballot);
  }

  boolean holdsAcceptance(long slot, Ballot ballot) {
    return slot <= truncated() || !synced.getOrDefault(slot, Ballot.NONE).isBelow(ballot);
  }

  /** The slots of this range in which it has accepted something below that ballot, for good. */
  List<Long> acceptedBelow(Ballot ballot, long from, long to) {
    return synced.subMap(from, to).entrySet().stream()
        .filter(slot -> slot.getValue().isBelow(ballot))
        .map(Map.Entry::getKey)
        .toList();
  }

  // ---------------------------------------------------------------- lives

  /** A new process opens it, whose incarnation is no other's. */
  void reopen(long incarnation) {
    journal.reopen(incarnation);
    incarnations.add(incarnation);
  }

  /** Whether that process has left here what it has said. */
  boolean hasSeen(Life that) {
    return that.directory() == life().directory() && incarnations.contains(that.incarnation());
  }

  /** A process has ended; of what was not synced the first writes may have got to the disk. */
  void crash() {
    journal.crash(random.nextInt(journal.unsynced() + 1));
    List<Acceptance> survivors =
        unsynced.stream().filter(a -> journal.accepted(a.slot()).equals(Optional.of(a))).toList();
    unsynced.clear();
    unsynced.addAll(survivors);
    settle();
    trouble = trouble == Trouble.FULL ? Trouble.FULL : Trouble.NONE;
  }

  /**
   * It has lost some of what was synced, which it finds by itself when it is opened: so many of the
   * last slots, and perhaps the promise.
   */
  void damage(int slots) {
    long round = Math.max(journal.promised().round(), journal.ownBallot().round());
    Ballot highest = new Ballot(round, new ReplicaId(Integer.MAX_VALUE));
    long ceiling = journal.highest() + random.nextInt(4);
    journal.lose(slots, random.nextBoolean());
    journal.stand(Standing.repairing(highest, ceiling));
    settle();
  }

  // ---------------------------------------------------------------- writes and syncs

  private void beforeWrite() {
    switch (trouble) {
      case CUT_AT_WRITE -> throw new PowerCut("at a write");
      case FAIL_WRITE, FULL -> throw new StoreException("the write failed");
      default -> {}
    }
  }

  @Override
  public void sync() {
    if (trouble.is(Trouble.CUT_BEFORE_SYNC, Trouble.CUT_AT_WRITE)) {
      throw new PowerCut("before a sync");
    }
    boolean fails = trouble.is(Trouble.FAIL_SYNC, Trouble.FULL);
    if (!fails || random.nextBoolean()) {
      journal.sync();
      settle();
    }
    if (fails) {
      throw new StoreException("the sync failed");
    }
    if (trouble == Trouble.CUT_AFTER_SYNC) {
      throw new PowerCut("after a sync");
    }
  }

  private void settle() {
    syncedPromise = journal.promised();
    syncedBallot = journal.ownBallot();
    for (Acceptance acceptance : unsynced) {
      synced.put(acceptance.slot(), acceptance.ballot());
      durable.accept(acceptance);
    }
    unsynced.clear();
  }

  @Override
  public void promise(Ballot ballot) {
    beforeWrite();
    journal.promise(ballot);
  }

  @Override
  public void accept(Acceptance acceptance) {
    beforeWrite();
    journal.accept(acceptance);
    unsynced.add(acceptance);
  }

  @Override
  public void makeBallot(Ballot ballot) {
    beforeWrite();
    journal.makeBallot(ballot);
  }

  @Override
  public void truncate(long slot) {
    beforeWrite();
    journal.truncate(slot);
  }

  @Override
  public void meet(ReplicaId replica, Life life) {
    beforeWrite();
    journal.meet(replica, life);
  }

  @Override
  public void stand(Standing standing) {
    beforeWrite();
    journal.stand(standing);
    settle();
  }
}
