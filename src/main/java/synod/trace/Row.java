package synod.trace;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One line of a ladder: one message from one replica to several or from several to one, or one
 * event at several. State: whom it is about.
 */
final class Row {
  private final long micros;
  private final int position;
  private final Kind kind;
  private final String label;
  private final TreeSet<Integer> from = new TreeSet<>();
  private final TreeSet<Integer> to = new TreeSet<>();

  /** How it is drawn. */
  enum Kind {
    /** An arrow with a head. */
    ARROW,
    /** An arrow that ends in a cross. */
    LOST,
    /** An arrow that ends in front of a wall. */
    DROPPED,
    /** A sign on the line of the replica. */
    EVENT,
    /** As that, for what is an end: a crash. */
    CRASH,
    SYNC,
    /** Rounds that are left out. */
    FOLD
  }

  Row(Entry entry, int position, Kind kind, String label) {
    this.micros = entry.micros();
    this.position = position;
    this.kind = kind;
    this.label = label;
  }

  Row with(int sender, int receiver) {
    from.add(sender);
    to.add(receiver);
    return this;
  }

  /** Where in the trace that is which it shows first. */
  int position() {
    return position;
  }

  /** Whether a line can show that, too. */
  boolean takes(Row other) {
    boolean alike = kind == other.kind && label.equals(other.label) && kind != Kind.FOLD;
    boolean again = to.containsAll(other.to) && from.containsAll(other.from);
    return alike && !again && (!isArrow() || from.equals(other.from) || to.equals(other.to));
  }

  private boolean isArrow() {
    return kind == Kind.ARROW || kind == Kind.LOST || kind == Kind.DROPPED;
  }

  void add(Row other) {
    from.addAll(other.from);
    to.addAll(other.to);
  }

  /** Of an arrow or an event that stands alone. */
  int receiver() {
    return to.first();
  }

  String text(List<Integer> replicas, long began) {
    String time = String.format("%9.3f ", (micros - began) / 1000.0);
    return time + drawn(replicas) + "   " + words();
  }

  private String words() {
    return switch (kind) {
      case ARROW -> label + "  " + ids(from) + " to " + ids(to);
      case LOST -> label + "  " + ids(from) + " to " + ids(to) + ": did not arrive";
      case DROPPED -> label + "  " + ids(from) + " to " + ids(to) + ": dropped, mailbox full";
      case EVENT, CRASH, SYNC, FOLD -> label;
    };
  }

  private static String ids(Set<Integer> replicas) {
    return replicas.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  // ---------------------------------------------------------------- the drawing

  private static int axis(int column) {
    return column * Ladder.COLUMN;
  }

  private String drawn(List<Integer> replicas) {
    char[] line = " ".repeat(axis(replicas.size() - 1) + 1).toCharArray();
    for (int i = 0; i < replicas.size(); i++) {
      line[axis(i)] = kind == Kind.FOLD ? ':' : '|';
    }
    if (isArrow()) {
      from.forEach(one -> to.forEach(other -> shaft(line, replicas, one, other)));
      to.forEach(one -> line[axis(replicas.indexOf(one))] = '|');
      from.forEach(one -> line[axis(replicas.indexOf(one))] = 'o');
      from.forEach(one -> to.forEach(other -> head(line, replicas, one, other)));
    } else if (kind != Kind.FOLD) {
      to.forEach(one -> line[axis(replicas.indexOf(one))] = sign());
    }
    return new String(line);
  }

  private char sign() {
    return kind == Kind.CRASH ? '!' : kind == Kind.SYNC ? '#' : '*';
  }

  private static void shaft(char[] line, List<Integer> replicas, int from, int to) {
    int one = axis(replicas.indexOf(from));
    int other = axis(replicas.indexOf(to));
    for (int x = Math.min(one, other) + 1; x < Math.max(one, other); x++) {
      line[x] = '-';
    }
  }

  private void head(char[] line, List<Integer> replicas, int from, int to) {
    int at = axis(replicas.indexOf(to));
    boolean right = at > axis(replicas.indexOf(from));
    line[right ? at - 1 : at + 1] = head(right);
  }

  private char head(boolean right) {
    return switch (kind) {
      case LOST -> 'x';
      case DROPPED -> right ? ']' : '[';
      default -> right ? '>' : '<';
    };
  }
}
