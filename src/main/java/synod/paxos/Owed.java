package synod.paxos;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What was proposed and not yet sent to those who are spared ({@link Thrift}). Who waits for none
 * of it gets it in one go: a message that comes with others costs a replica a fraction of one that
 * wakes it.
 *
 * <p>At most {@link #MOST_SLOTS} and so many bytes are owed to a replica.
 */
final class Owed {
  static final int MOST_SLOTS = 64;

  private final int mostBytes;
  private final TreeMap<ReplicaId, Debt> debts = new TreeMap<>();

  Owed(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  private static final class Debt {
    private final List<Window.Open> slots = new ArrayList<>();
    private long bytes;

    void add(Window.Open slot) {
      slots.add(slot);
      bytes += slot.batch().commands().size();
    }
  }

  /** Returns whether that is so much by now that it has to be paid. */
  boolean add(ReplicaId replica, Window.Open slot) {
    Debt debt = debts.computeIfAbsent(replica, none -> new Debt());
    debt.add(slot);
    return debt.slots.size() >= MOST_SLOTS || debt.bytes >= mostBytes;
  }

  /** To whom something is owed. */
  List<ReplicaId> replicas() {
    return List.copyOf(debts.keySet());
  }

  /** In the order in which it was proposed. */
  List<Window.Open> take(ReplicaId replica) {
    Debt debt = debts.remove(replica);
    return debt == null ? List.of() : debt.slots;
  }

  void clear() {
    debts.clear();
  }
}
