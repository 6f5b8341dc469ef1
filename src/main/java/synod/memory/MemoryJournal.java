package synod.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import synod.paxos.Acceptance;
import synod.paxos.Ballot;
import synod.paxos.Invariant;
import synod.paxos.Journal;
import synod.paxos.Life;
import synod.paxos.Lineage;
import synod.paxos.ReplicaId;
import synod.paxos.Standing;
import synod.paxos.StoreException;

/**
 * A journal in memory, with a tail that is visible but not yet synced, as a disk has it. Safe for
 * any thread.
 */
public final class MemoryJournal implements Journal {
  private final NavigableMap<Long, Acceptance> accepted = new TreeMap<>();
  private final Deque<Runnable> unsynced = new ArrayDeque<>();
  private Ballot promised = Ballot.NONE;
  private Ballot own = Ballot.NONE;
  private final Map<ReplicaId, Life> met = new TreeMap<>();
  private long truncated;
  private long highest;
  private Lineage lineage;
  private Standing standing;
  private boolean poisoned;
  private int syncs;

  /** Of a replica that votes. */
  public MemoryJournal() {
    this(new Life(1, 1), Standing.of(Standing.Kind.VOTING));
  }

  /** Of a directory in its first life. */
  public MemoryJournal(Life life, Standing standing) {
    this(Lineage.of(life), standing);
  }

  public MemoryJournal(Lineage lineage, Standing standing) {
    this.lineage = lineage;
    this.standing = standing;
  }

  /** The same, by itself from now on. What is not synced yet is synced there. */
  public synchronized MemoryJournal copy() {
    MemoryJournal copy = new MemoryJournal(lineage, standing);
    copy.accepted.putAll(accepted);
    copy.promised = promised;
    copy.own = own;
    copy.met.putAll(met);
    copy.truncated = truncated;
    copy.highest = highest;
    return copy;
  }

  /** So many of the last slots are gone, and perhaps the promise and the own ballot. */
  public synchronized void lose(int slots, boolean ballots) {
    for (int i = 0; i < slots && !accepted.isEmpty(); i++) {
      accepted.pollLastEntry();
    }
    highest = Math.max(truncated, accepted.isEmpty() ? 0 : accepted.lastKey());
    if (ballots) {
      promised = Ballot.NONE;
      own = Ballot.NONE;
    }
  }

  /**
   * A new process begins on it.
   *
   * @param incarnation above that of the process before, and of no other, also not of one that
   *     began on a copy
   */
  public synchronized void reopen(long incarnation) {
    boolean voted = standing.is(Standing.Kind.VOTING);
    lineage = lineage.next(incarnation, voted);
    if (voted) {
      standing = Standing.of(Standing.Kind.RETURNING);
    }
  }

  /** A power cut: what was not synced is undone, and the disk works again. */
  public synchronized void crash() {
    crash(0);
  }

  /** A power cut: of what was not synced that many writes, the first ones, got to the disk. */
  public synchronized void crash(int survivors) {
    while (unsynced.size() > survivors) {
      unsynced.pop().run();
    }
    unsynced.clear();
    poisoned = false;
  }

  /** How many writes a power cut may lose. */
  public synchronized int unsynced() {
    return unsynced.size();
  }

  /** From now on every write and every sync fails. */
  public synchronized void poison() {
    poisoned = true;
  }

  /** How often it was synced. */
  public synchronized int syncs() {
    return syncs;
  }

  @Override
  public synchronized Ballot promised() {
    return promised;
  }

  @Override
  public synchronized Ballot ownBallot() {
    return own;
  }

  @Override
  public synchronized void promise(Ballot ballot) {
    Ballot before = promised;
    Invariant.check(!ballot.isBelow(before), "promised %s after %s", ballot, before);
    write(() -> promised = before);
    promised = ballot;
  }

  @Override
  public synchronized void makeBallot(Ballot ballot) {
    Ballot before = own;
    Invariant.check(!ballot.isBelow(before), "made %s after %s", ballot, before);
    write(() -> own = before);
    own = ballot;
  }

  @Override
  public synchronized void accept(Acceptance acceptance) {
    long slot = acceptance.slot();
    Optional<Acceptance> before = accepted(slot);
    long highestBefore = highest;
    write(
        () -> {
          before.ifPresentOrElse(a -> accepted.put(slot, a), () -> accepted.remove(slot));
          highest = highestBefore;
        });
    accepted.put(slot, acceptance);
    highest = Math.max(highest, slot);
  }

  @Override
  public synchronized void truncate(long slot) {
    long before = truncated;
    SortedMap<Long, Acceptance> gone = new TreeMap<>(accepted.headMap(slot, true));
    long highestBefore = highest;
    write(
        () -> {
          truncated = before;
          accepted.putAll(gone);
          highest = highestBefore;
        });
    truncated = Math.max(before, slot);
    accepted.headMap(slot, true).clear();
    highest = Math.max(highest, slot);
  }

  @Override
  public synchronized void meet(ReplicaId replica, Life met) {
    Optional<Life> before = met(replica);
    write(
        () ->
            before.ifPresentOrElse(
                earlier -> this.met.put(replica, earlier), () -> this.met.remove(replica)));
    this.met.put(replica, met);
  }

  @Override
  public synchronized void stand(Standing next) {
    if (next.is(Standing.Kind.VOTING) && standing.isBounded()) {
      promise(higher(promised, standing.promised()));
      makeBallot(higher(own, promised));
      truncate(standing.slot());
    }
    standing = next;
    sync();
  }

  private static Ballot higher(Ballot a, Ballot b) {
    return a.isAbove(b) ? a : b;
  }

  @Override
  public synchronized long truncated() {
    return truncated;
  }

  @Override
  public synchronized long highest() {
    return highest;
  }

  @Override
  public synchronized Lineage lineage() {
    return lineage;
  }

  @Override
  public synchronized Standing standing() {
    return standing;
  }

  @Override
  public synchronized Optional<Life> met(ReplicaId replica) {
    return Optional.ofNullable(met.get(replica));
  }

  @Override
  public synchronized void sync() {
    refuseIfPoisoned();
    unsynced.clear();
    syncs++;
  }

  @Override
  public synchronized Optional<Acceptance> accepted(long slot) {
    return Optional.ofNullable(accepted.get(slot));
  }

  @Override
  public synchronized List<Acceptance> accepted(long from, int bytes) {
    List<Acceptance> page = new ArrayList<>();
    int room = bytes;
    for (Acceptance acceptance : accepted.tailMap(from).values()) {
      room -= acceptance.size();
      if (!page.isEmpty() && room < 0) {
        break;
      }
      page.add(acceptance);
    }
    return page;
  }

  private void write(Runnable undo) {
    refuseIfPoisoned();
    unsynced.push(undo);
  }

  private void refuseIfPoisoned() {
    if (poisoned) {
      throw new StoreException("the journal is poisoned");
    }
  }
}
