package synod.paxos;

import java.util.Collection;
import java.util.TreeMap;

/**
 * The slots that one ballot has proposed, from the first that phase 1 left open.
 *
 * <ol>
 *   <li>Slots are proposed in order, one batch each; {@code chosen() < slot <= chosen() + size} for
 *       every open one.
 *   <li>{@code chosen()} is a prefix in which each slot from the first on was chosen at this
 *       ballot.
 * </ol>
 */
final class Window {
  private final TreeMap<Long, Open> open = new TreeMap<>();
  private final int size;
  private long next;

  Window(long first, int size) {
    this.next = first;
    this.size = size;
  }

  /** A proposed slot that is not known to be chosen, and when its accept was last sent. */
  record Open(long slot, Batch batch, long sentAt) {}

  boolean hasRoom() {
    return next <= chosen() + size;
  }

  /** The slot of the next proposal. */
  long next() {
    return next;
  }

  long lastProposed() {
    return next - 1;
  }

  long chosen() {
    return open.isEmpty() ? next - 1 : open.firstKey() - 1;
  }

  int openSlots() {
    return open.size();
  }

  /** Bytes of commands in the largest open slot; 0 if none is open. */
  int largestOpen() {
    int largest = 0;
    for (Open slot : open.values()) {
      largest = Math.max(largest, slot.batch().commands().size());
    }
    return largest;
  }

  Open propose(Batch batch, long now) {
    Open slot = new Open(next, batch, now);
    open.put(next, slot);
    next = Math.addExact(next, 1);
    return slot;
  }

  /** Returns whether the chosen prefix grew. */
  boolean choose(long slot) {
    long before = chosen();
    open.remove(slot);
    return chosen() > before;
  }

  Collection<Open> open() {
    return open.values();
  }

  void sentAgain(Open slot, long now) {
    open.replace(slot.slot(), new Open(slot.slot(), slot.batch(), now));
  }
}
