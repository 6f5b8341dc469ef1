package synod.trace;

import synod.paxos.Ballot;
import synod.paxos.Message;

/** What is said to a gateway. */
final class ToGatewayWords {
  private ToGatewayWords() {}

  static Said of(Message.ToGateway message) {
    if (message instanceof Message.Applied m) {
      return from(message, "learner")
          .says(m.slot(), "applied slot " + m.slot() + ", " + m.replies().size() + " answers");
    }
    if (message instanceof Message.Leader m) {
      return from(message, "elector")
          .says(
              m.ballot(),
              m.ballot().equals(Ballot.NONE)
                  ? "nobody is known to lead"
                  : "replica " + m.ballot().replica() + " leads");
    }
    if (message instanceof Message.NotLeading m) {
      return from(message, "proposer")
          .says(m.promised(), "does not lead; promised " + Words.orNone(m.promised()));
    }
    if (message instanceof Message.Busy m) {
      return from(message, "proposer").says(m.ballot(), "too much waits here: try again later");
    }
    Message.ReadIndex m = (Message.ReadIndex) message;
    return from(message, "proposer")
        .says(m.slot(), "read " + m.id() + " may be answered from slot " + m.slot() + " on");
  }

  private static Words from(Message message, String role) {
    return new Words(message, role, "gateway");
  }
}
