package synod.kv;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many messages with commands may be under way. As many as there are, until one is lost or
 * refused: then one, and one more for each that is answered (slow start, Jacobson 1988, section 1).
 *
 * <p>Commands take effect in order, so whatever overtakes a message that is sent again was sent for
 * nothing. To send all again at once to a leader that has room for a few, or on a network that
 * changes their order, would gain little each time, and for ever.
 */
final class SlowStart {
  /** With this many answered in a row nothing is wrong any more. */
  private static final int RECOVERED = 64;

  private final Deque<Long> underWay = new ArrayDeque<>();
  private int window = RECOVERED;

  void restart() {
    underWay.clear();
    window = 1;
  }

  boolean maySend() {
    return window == RECOVERED || underWay.size() < window;
  }

  /** A message is sent whose last command has this number. */
  void sent(long last) {
    if (window < RECOVERED) {
      underWay.add(last);
    }
  }

  /** All commands below this number have their answers; whether more may be sent because of it. */
  boolean answeredBelow(long number) {
    int before = window;
    while (window < RECOVERED && !underWay.isEmpty() && underWay.element() < number) {
      underWay.remove();
      window++;
    }
    return window > before;
  }
}
