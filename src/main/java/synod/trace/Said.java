package synod.trace;

import java.util.List;
import synod.kv.CommandRange;

/**
 * What a message says, as far as a diagram shows it.
 *
 * @param kind which message it is, in lower case: {@code prepare}, {@code accepted}, {@code token}
 * @param from the role that says it: {@code proposer acceptor learner elector gateway}
 * @param to the role that it is for
 * @param ballot as a person reads it ({@code 7.4}); empty if it bears none
 * @param slot the slot that it is about; 0 if it is about none
 * @param text the whole message in a few words, for details on hover
 * @param commands which commands it asks for: what a submit and the accept of a slot have in common
 */
public record Said(
    String kind,
    String from,
    String to,
    String ballot,
    long slot,
    String text,
    List<CommandRange> commands) {

  /** It asks for no commands. */
  public Said(String kind, String from, String to, String ballot, long slot, String text) {
    this(kind, from, to, ballot, slot, text, List.of());
  }

  Said asking(List<CommandRange> asked) {
    return new Said(kind, from, to, ballot, slot, text, asked);
  }
}
