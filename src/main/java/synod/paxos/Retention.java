package synod.paxos;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides how much of the log stays: enough for peers that were away for a while, and no more. What
 * is truncated is durable in the own state before (I8).
 *
 * <p>What follows a state that a peer is taking stays until the peer has it too: else each state
 * would be too old by the time it has arrived, as long as clients write. But a log that is longer
 * than the state is dearer to send than another state, and goes.
 *
 * <p>Bytes are counted from the start of this life on: of what was there before only the slots are.
 */
final class Retention {
  private static final int MARKS = 16;

  private final JournalView journal;
  private final StateMachine machine;
  private final LearnerSettings.Retain retain;
  private final Deque<Mark> marks = new ArrayDeque<>();
  private final TreeMap<ReplicaId, Hold> holds = new TreeMap<>();
  private long bytes;
  private Mark gone = new Mark(0, 0);
  private long persisting;
  private long forgotten;

  Retention(JournalView journal, StateMachine machine, LearnerSettings.Retain retain) {
    this.journal = journal;
    this.machine = machine;
    this.retain = retain;
  }

  /** Bytes of all slots from the one after the mark before up to this one. */
  private record Mark(long slot, long bytes) {}

  /** From where on a peer needs the log, up to how many bytes of it, until when. */
  private record Hold(long slot, long end, long until) {}

  /**
   * A peer takes this state, and then the slots behind it.
   *
   * @param until the time when it is given up, unless it asks again
   */
  void takes(ReplicaId peer, Snapshot snapshot, long until) {
    long end =
        Optional.ofNullable(holds.get(peer))
            .filter(before -> before.slot() == snapshot.slot())
            .map(Hold::end)
            .orElse(bytes + Math.max(snapshot.bytes(), retain.bytes()));
    holds.put(peer, new Hold(snapshot.slot(), end, until));
  }

  /** A peer has the slots before this one; means nothing of one that has taken no state. */
  void fetches(ReplicaId peer, long from, long until) {
    holds.computeIfPresent(
        peer, (id, hold) -> new Hold(Math.max(from - 1, hold.slot()), hold.end(), until));
  }

  void applied(long slot, Batch batch) {
    bytes += batch.size();
    long marked = marks.isEmpty() ? gone.bytes() : marks.getLast().bytes();
    if (bytes - marked >= retain.bytes() / MARKS) {
      marks.add(new Mark(slot, bytes));
    }
  }

  /** Begins what is due; what was begun goes on behind. */
  void tick(long now, Outbox out) {
    holds.values().removeIf(hold -> now >= hold.until());
    long slot = Math.min(due(), held());
    if (slot > machine.durable()) {
      persist();
    } else if (slot > journal.truncated()) {
      out.sendSelf(new Message.Durable(machine.durable()));
      out.sendSelf(new Message.Truncate(slot));
    }
    if (journal.truncated() > forgotten) {
      forgotten = journal.truncated();
      machine.forget(forgotten);
    }
    if (isAwaited()) {
      persist();
    }
  }

  private void persist() {
    if (persisting <= machine.durable()) {
      persisting = machine.applied();
      machine.persist();
    }
  }

  /** The own acceptor votes again when the state has this slot for good. */
  private boolean isAwaited() {
    Standing standing = journal.standing();
    return standing.isBounded()
        && machine.durable() < standing.slot()
        && standing.slot() <= machine.applied();
  }

  /** The last slot that need not stay; 0 or an old one if nothing is to be done. */
  private long due() {
    return Math.max(dueBySlots(), dueByBytes());
  }

  private long held() {
    return holds.values().stream()
        .filter(hold -> bytes <= hold.end())
        .mapToLong(Hold::slot)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private long dueBySlots() {
    long held = machine.applied() - journal.truncated();
    return held > retain.slots() + retain.slots() / 4 ? machine.applied() - retain.slots() : 0;
  }

  private long dueByBytes() {
    if (bytes - gone.bytes() > retain.bytes() + retain.bytes() / 4) {
      while (!marks.isEmpty() && bytes - gone.bytes() > retain.bytes()) {
        gone = marks.removeFirst();
      }
    }
    return gone.slot();
  }
}
