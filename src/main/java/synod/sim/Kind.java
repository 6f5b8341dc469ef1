package synod.sim;

import java.util.Locale;
import synod.paxos.Message;

/** The four roles, which crash alone, and the gateway, which does not. */
enum Kind {
  ACCEPTOR(Message.ToAcceptor.class),
  LEARNER(Message.ToLearner.class),
  ELECTOR(Message.ToElector.class),
  PROPOSER(Message.ToProposer.class),
  GATEWAY(Message.ToGateway.class);

  private final Class<? extends Message> messages;

  Kind(Class<? extends Message> messages) {
    this.messages = messages;
  }

  static Kind of(Message message) {
    for (Kind kind : values()) {
      if (kind.messages.isInstance(message)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("nobody understands " + message);
  }

  /** As a script has it, and as production names the role. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
