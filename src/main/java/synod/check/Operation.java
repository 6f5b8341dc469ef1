package synod.check;

import java.util.List;
import java.util.Optional;

/**
 * One command of one client, and what became of it. Those that were certainly not done do not stand
 * in a history: if one of them shows an effect, somebody reads what nobody wrote.
 *
 * @param id unique in its history
 * @param client who asked; it asks again only when it has its answer or has given up
 * @param words the command and its arguments, in Redis's words
 * @param called when it was asked, on the one clock of the history
 * @param answer what it got; nothing if that is unknown: it may have taken effect at any time since
 * @param returned when it was answered; {@link #NEVER} if it was not
 */
public record Operation(
    long id, String client, List<String> words, long called, Optional<String> answer, long returned)
    implements Comparable<Operation> {

  /** After all else. */
  public static final long NEVER = Long.MAX_VALUE;

  public Operation {
    words = List.copyOf(words);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("operation " + id + " has no command");
    }
    if (returned < called || answer.isPresent() == (returned == NEVER)) {
      throw new IllegalArgumentException(
          "operation " + id + " was called at " + called + " and returned at " + returned);
    }
  }

  /** The same, with nothing known of how it went on after it was asked. */
  Operation unknown() {
    return new Operation(id, client, words, called, Optional.empty(), NEVER);
  }

  boolean isKnown() {
    return answer.isPresent();
  }

  String name() {
    return words.get(0);
  }

  /** In the order of the calls. */
  @Override
  public int compareTo(Operation that) {
    int byCall = Long.compare(called, that.called);
    return byCall != 0 ? byCall : Long.compare(id, that.id);
  }

  @Override
  public String toString() {
    return String.format(
        "%8d  %-6s  %s  ->  %s", called, client, String.join(" ", words), answer.orElse("unknown"));
  }
}
