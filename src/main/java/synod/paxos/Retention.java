package synod.paxos;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Decides how much of the log stays: enough for peers that were away for a while, and no more. What
 * is truncated is durable in the own state before (I8).
 *
 * <p>Bytes are counted from the start of this life on: of what was there before only the slots are.
 */
final class Retention {
  private static final int MARKS = 16;

  private final JournalView journal;
  private final StateMachine machine;
  private final LearnerSettings.Retain retain;
  private final Deque<Mark> marks = new ArrayDeque<>();
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

  void applied(long slot, Batch batch) {
    bytes += batch.size();
    long marked = marks.isEmpty() ? gone.bytes() : marks.getLast().bytes();
    if (bytes - marked >= retain.bytes() / MARKS) {
      marks.add(new Mark(slot, bytes));
    }
  }

  /** Begins what is due; what was begun goes on behind. */
  void tick(Outbox out) {
    long slot = due();
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
