package synod.trace;

import synod.paxos.Message;

/** What is said to an acceptor. */
final class ToAcceptorWords {
  private ToAcceptorWords() {}

  static Said of(Message.ToAcceptor message) {
    if (message instanceof Message.Accept m) {
      String what = m.pressing() ? "accept slot " : "for your learner alone: slot ";
      return from(message, "proposer")
          .says(
              m.ballot(),
              m.slot(),
              what + m.slot() + ": " + Words.batch(m.batch()) + "; chosen up to " + m.chosen())
          .asking(Words.commands(m.batch().commands()));
    }
    if (message instanceof Message.Prepare m) {
      return from(message, "proposer")
          .says(m.ballot(), m.from(), "prepare all slots from " + m.from());
    }
    if (message instanceof Message.Confirm m) {
      return from(message, "proposer")
          .says(m.ballot(), "is this still the highest ballot? round " + m.round());
    }
    return ofItsLearner(message);
  }

  private static Said ofItsLearner(Message.ToAcceptor message) {
    Words words = from(message, "learner");
    if (message instanceof Message.Known m) {
      return words.says(m.chosen(), "applied up to slot " + m.chosen());
    }
    if (message instanceof Message.Durable m) {
      return words.says(m.slot(), "the state is durable up to slot " + m.slot());
    }
    if (message instanceof Message.Truncate m) {
      return words.says(m.slot(), "slots up to " + m.slot() + " may go from the journal");
    }
    return ofEnrolment(message);
  }

  private static Said ofEnrolment(Message.ToAcceptor message) {
    Words words = from(message, "acceptor");
    if (message instanceof Message.Hello m) {
      return words.says("does this life follow the one you met? " + m.lineage().life());
    }
    if (message instanceof Message.Met m) {
      return words.says(m.life() + (m.trusted() ? " is trusted" : " is not trusted"));
    }
    if (message instanceof Message.AskBounds m) {
      return words.says("what is the most that I may have said? " + m.life());
    }
    if (message instanceof Message.HasMet m) {
      return words.says("has met another life: " + m.met());
    }
    if (message instanceof Message.Bounds m) {
      return words.says(
          m.highest(), m.slot(), "nothing above ballot " + m.highest() + ", slot " + m.slot());
    }
    return from(message, "gateway").says("a person wants this disk readmitted");
  }

  private static Words from(Message message, String role) {
    return new Words(message, role, "acceptor");
  }
}
