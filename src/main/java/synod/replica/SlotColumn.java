package synod.replica;

import java.util.Arrays;
import java.util.Optional;
import synod.paxos.Ballot;

/**
 * What one role remembers of the slots of late: when something happened to each, at which ballot,
 * and a number beside. State: flat arrays, in which a slot replaces the one that is as many slots
 * before it as there is room.
 *
 * <p>To remember costs a lock that nobody contends for and four stores, and makes no object.
 */
final class SlotColumn {
  private final long[] slots;
  private final long[] times;
  private final long[] amounts;
  private final Ballot[] ballots;
  private long first;
  private long last;

  SlotColumn(int room) {
    slots = new long[room];
    times = new long[room];
    amounts = new long[room];
    ballots = new Ballot[room];
    Arrays.fill(ballots, Ballot.NONE);
  }

  synchronized void put(long slot, long at, Ballot ballot, long amount) {
    int place = place(slot);
    slots[place] = slot;
    times[place] = at;
    ballots[place] = ballot;
    amounts[place] = amount;
    first = first == 0 ? slot : first;
    last = Math.max(last, slot);
  }

  /** Once more: keeps the last time, and counts. */
  synchronized void count(long slot, long at, Ballot ballot) {
    int place = place(slot);
    long before = slots[place] == slot && ballots[place].equals(ballot) ? amounts[place] : 0;
    put(slot, at, ballot, before + 1);
  }

  synchronized Optional<SlotLife.Moment> at(long slot) {
    int place = place(slot);
    return slot > 0 && slots[place] == slot
        ? Optional.of(new SlotLife.Moment(times[place], ballots[place], amounts[place]))
        : Optional.empty();
  }

  /** The first slot that may be remembered; 0 if none was yet. */
  synchronized long oldest() {
    return first == 0 ? 0 : Math.max(first, last - slots.length + 1);
  }

  /** Whether slots had to make room for later ones. */
  synchronized boolean isFull() {
    return first != 0 && last - slots.length + 1 > first;
  }

  synchronized long last() {
    return last;
  }

  private int place(long slot) {
    return (int) Math.floorMod(slot, (long) slots.length);
  }
}
