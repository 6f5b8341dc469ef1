package synod.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import synod.paxos.Acceptance;
import synod.paxos.Ballot;
import synod.paxos.Invariant;
import synod.paxos.Journal;
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
  private boolean poisoned;
  private int syncs;

  /** A power cut: what was not synced is undone, and the disk works again. */
  public synchronized void crash() {
    while (!unsynced.isEmpty()) {
      unsynced.pop().run();
    }
    poisoned = false;
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
    write(() -> before.ifPresentOrElse(a -> accepted.put(slot, a), () -> accepted.remove(slot)));
    accepted.put(slot, acceptance);
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
