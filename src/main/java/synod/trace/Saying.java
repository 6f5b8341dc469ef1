package synod.trace;

import synod.paxos.Event;
import synod.paxos.Message;

/**
 * Messages and events as a diagram shows them. A kind is the name of the message in lower case,
 * with hyphens: {@code prepare}, {@code slot-chosen}, {@code token-ack}.
 */
public final class Saying {
  private Saying() {}

  /** What the message says. Who says it follows from what it is. */
  public static Said of(Message message) {
    if (message instanceof Message.ToAcceptor m) {
      return ToAcceptorWords.of(m);
    }
    if (message instanceof Message.ToProposer m) {
      return ToProposerWords.of(m);
    }
    if (message instanceof Message.ToLearner m) {
      return ToLearnerWords.of(m);
    }
    if (message instanceof Message.ToElector m) {
      return ToElectorWords.of(m);
    }
    return ToGatewayWords.of((Message.ToGateway) message);
  }

  /** The event, in the lane of the role that it is of. */
  public static Fact.Happened happened(Event event) {
    return Happening.of(event);
  }

  /** {@code SlotChosen} becomes {@code slot-chosen}. */
  static String kind(Message message) {
    StringBuilder kind = new StringBuilder();
    for (char letter : message.getClass().getSimpleName().toCharArray()) {
      boolean begins = Character.isUpperCase(letter);
      kind.append(begins && kind.length() > 0 ? "-" : "").append(Character.toLowerCase(letter));
    }
    return kind.toString();
  }
}
