package synod.trace;

import synod.paxos.Ballot;
import synod.paxos.Message;

/** What is said to an elector. */
final class ToElectorWords {
  private ToElectorWords() {}

  static Said of(Message.ToElector message) {
    Words words = new Words(message, "elector", "elector");
    if (message instanceof Message.Ping) {
      return words.says("do you hear me?");
    }
    if (message instanceof Message.Pong) {
      return words.says("I hear you");
    }
    if (message instanceof Message.Token m) {
      String why = m.forced() ? ", forced" : "";
      return words.says(
          token(m.round(), m.initiator().number()) + why + ", has been at " + Words.path(m.path()));
    }
    if (message instanceof Message.TokenAck m) {
      return words.says("has " + token(m.round(), m.initiator().number()));
    }
    if (message instanceof Message.Coordinator m) {
      return words.says("round " + m.round() + " names replica " + m.winner());
    }
    if (message instanceof Message.AskSuspicion m) {
      return words.says("do you suspect the leader too? round " + m.round());
    }
    if (message instanceof Message.Suspicion m) {
      String suspects = m.entry().suspects() ? "suspects the leader" : "hears the leader";
      return words.says(suspects + ", round " + m.round());
    }
    return ofOwnReplica(message);
  }

  private static String token(long round, int initiator) {
    return "token " + round + " of " + initiator;
  }

  private static Said ofOwnReplica(Message.ToElector message) {
    if (message instanceof Message.Heard m) {
      return from(message, "acceptor")
          .says(
              m.leader(),
              m.leader().equals(Ballot.NONE)
                  ? "heard no leader since; promised " + Words.orNone(m.promised())
                  : "heard the leader at ballot " + m.leader());
    }
    if (message instanceof Message.Voting m) {
      return from(message, "acceptor")
          .says(m.voting() ? "this disk may answer" : "this disk may not answer");
    }
    if (message instanceof Message.Progress m) {
      return from(message, "learner")
          .says(m.chosen(), "chosen up to " + m.chosen() + (m.behind() ? ", behind" : ""));
    }
    return ofProposer(message);
  }

  private static Said ofProposer(Message.ToElector message) {
    if (message instanceof Message.ProposerStarted) {
      return from(message, "proposer").says("lives anew: should it lead?");
    }
    if (message instanceof Message.Leading m) {
      return from(message, "proposer").says(m.ballot(), "leads and serves");
    }
    if (message instanceof Message.StoodDown m) {
      return from(message, "proposer")
          .says(
              m.ballot(),
              m.rejectedBy().equals(Ballot.NONE)
                  ? "stood down: no quorum answered in time"
                  : "stood down: met the higher ballot " + m.rejectedBy());
    }
    return message instanceof Message.Gone m
        ? from(message, "gateway").says("nobody listens any more at replica " + m.replica())
        : from(message, "gateway").says("a person wants an election");
  }

  private static Words from(Message message, String role) {
    return new Words(message, role, "elector");
  }
}
