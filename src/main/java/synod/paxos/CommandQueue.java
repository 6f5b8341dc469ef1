package synod.paxos;

import java.util.ArrayDeque;

/** Commands that wait for a slot, in the order in which they came, within a bound in bytes. */
final class CommandQueue {
  private final ArrayDeque<Bytes> waiting = new ArrayDeque<>();
  private final int bound;
  private int bytes;

  CommandQueue(int bound) {
    this.bound = bound;
  }

  /**
   * Whether there was room. An empty queue always has room for one. What bears no command takes no
   * place: it would cost none of the bound.
   */
  boolean offer(Bytes commands) {
    if (commands.size() == 0) {
      return true;
    }
    if (!waiting.isEmpty() && commands.size() > bound - bytes) {
      return false;
    }
    waiting.add(commands);
    bytes += commands.size();
    return true;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  int bytes() {
    return bytes;
  }

  void clear() {
    waiting.clear();
    bytes = 0;
  }

  /** Takes the longest run from the head that fits in {@code limit} bytes, but at least one. */
  Bytes take(int limit) {
    Bytes head = waiting.remove();
    int total = head.size();
    int count = 0;
    for (Bytes next : waiting) {
      if (next.size() > limit - total) {
        break;
      }
      total += next.size();
      count++;
    }
    bytes -= total;
    return count == 0 ? head : join(head, count, total);
  }

  private Bytes join(Bytes head, int more, int total) {
    byte[] joined = new byte[total];
    System.arraycopy(head.array(), 0, joined, 0, head.size());
    int at = head.size();
    for (int i = 0; i < more; i++) {
      Bytes next = waiting.remove();
      System.arraycopy(next.array(), 0, joined, at, next.size());
      at += next.size();
    }
    return Bytes.of(joined);
  }
}
