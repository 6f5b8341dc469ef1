package synod.trace;

import synod.paxos.Message;

/** What is said to a proposer. */
final class ToProposerWords {
  private ToProposerWords() {}

  static Said of(Message.ToProposer message) {
    if (message instanceof Message.SlotChosen m) {
      return from(message, "learner")
          .says(m.ballot(), m.slot(), "a quorum has accepted slot " + m.slot());
    }
    if (message instanceof Message.Submit m) {
      int bytes = m.commands().size();
      return bytes == 0
          ? from(message, "acceptor").says("waits for slots: propose one")
          : from(message, "gateway")
              .says(bytes + " bytes of commands")
              .asking(Words.commands(m.commands()));
    }
    if (message instanceof Message.Read m) {
      return from(message, "gateway").says("from which slot may read " + m.id() + " be answered?");
    }
    return ofAcceptor(message);
  }

  private static Said ofAcceptor(Message.ToProposer message) {
    Words words = from(message, "acceptor");
    if (message instanceof Message.Promise m) {
      return words.says(m.ballot(), m.from(), promise(m));
    }
    if (message instanceof Message.Rejected m) {
      return words.says(
          m.ballot(), "ballot " + m.ballot() + " is too low: promised " + m.promised());
    }
    if (message instanceof Message.Confirmed m) {
      String lease = m.leaseMs() == 0 ? "" : ", a lease of " + m.leaseMs() + " ms";
      return words.says(m.ballot(), "no higher ballot here, round " + m.round() + lease);
    }
    return ofElector(message);
  }

  private static String promise(Message.Promise m) {
    String more = m.next() == 0 ? "" : ", more from slot " + m.next();
    return String.format(
        "promised: %d slots accepted from slot %d, chosen up to %d%s",
        m.accepted().size(), m.from(), m.chosen(), more);
  }

  private static Said ofElector(Message.ToProposer message) {
    Words words = from(message, "elector");
    if (message instanceof Message.Lead m) {
      return words.says("lead, with a round above " + m.above());
    }
    Message.StepDown m = (Message.StepDown) message;
    return words.says(m.leader(), "ballot " + m.leader() + " leads: whoever is lower stops");
  }

  private static Words from(Message message, String role) {
    return new Words(message, role, "proposer");
  }
}
