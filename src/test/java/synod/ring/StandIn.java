package synod.ring;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import synod.paxos.Ballot;
import synod.paxos.Batch;
import synod.paxos.Message;
import synod.paxos.ReplicaId;

/**
 * As much of acceptor and proposer as an elector sees: promises, prepares, heartbeats, and a leader
 * that stands down when no quorum answers. Its promise is its disk: it survives everything.
 */
final class StandIn {
  static final long HEARTBEAT = 100;
  static final long PATIENCE = 500;

  /** What the stand-in can say. */
  interface Mouth {
    void say(ReplicaId to, Message message);

    void sayAll(Message message);
  }

  private final ReplicaId self;
  private final int quorum;
  private final Mouth mouth;
  private final Consumer<Ballot> lastLeader;

  private Ballot promised = Ballot.NONE;
  private Ballot made = Ballot.NONE;
  private Ballot ballot = Ballot.NONE;
  private boolean leads;
  private final Set<ReplicaId> answers = new TreeSet<>();
  private long beatAt;
  private long answeredAt;
  private Ballot heard = Ballot.NONE;
  private Ballot reported = Ballot.NONE;

  StandIn(ReplicaId self, int quorum, Mouth mouth, Consumer<Ballot> lastLeader) {
    this.self = self;
    this.quorum = quorum;
    this.mouth = mouth;
    this.lastLeader = lastLeader;
  }

  Ballot promised() {
    return promised;
  }

  /** The process dies, or the proposer alone: its ballot is never used again. */
  void crash() {
    ballot = Ballot.NONE;
    leads = false;
    heard = Ballot.NONE;
    reported = Ballot.NONE;
  }

  boolean leads() {
    return leads;
  }

  void tick(long now) {
    if (!heard.equals(Ballot.NONE) || !reported.equals(promised)) {
      mouth.say(self, new Message.Heard(heard, promised));
      heard = Ballot.NONE;
      reported = promised;
    }
    if (ballot.equals(Ballot.NONE)) {
      return;
    }
    if (now - answeredAt >= PATIENCE) {
      standDown(Ballot.NONE);
    } else if (now >= beatAt) {
      beat(now);
    }
  }

  private void beat(long now) {
    beatAt = now + HEARTBEAT;
    answers.clear();
    mouth.sayAll(
        leads ? new Message.Accept(ballot, 1, Batch.noOp(0), 0) : new Message.Prepare(ballot, 1));
  }

  void receive(ReplicaId from, Message message, long now) {
    if (message instanceof Message.Lead lead) {
      lead(lead, now);
    } else if (message instanceof Message.StepDown down) {
      if (ballot.isBelow(down.leader())) {
        crashProposer();
      }
    } else if (message instanceof Message.Prepare prepare) {
      accept(from, prepare.ballot(), new Message.Promise(prepare.ballot(), 1, List.of(), 0, 0, 0));
    } else if (message instanceof Message.Accept accept) {
      accept(from, accept.ballot(), new Message.Confirmed(accept.ballot(), 1, 0));
    } else if (message instanceof Message.Promise promise && !leads) {
      answered(from, promise.ballot(), now);
    } else if (message instanceof Message.Confirmed confirmed && leads) {
      answered(from, confirmed.ballot(), now);
    } else if (message instanceof Message.Rejected rejected && rejected.ballot().equals(ballot)) {
      standDown(rejected.promised());
    }
  }

  private void crashProposer() {
    ballot = Ballot.NONE;
    leads = false;
  }

  private void lead(Message.Lead lead, long now) {
    made = new Ballot(Math.max(lead.above(), made.round()) + 1, self);
    ballot = made;
    leads = false;
    answeredAt = now;
    beat(now);
  }

  private void accept(ReplicaId from, Ballot asked, Message answer) {
    if (asked.isBelow(promised)) {
      mouth.say(from, new Message.Rejected(asked, promised));
      return;
    }
    promised = asked;
    heard = asked;
    mouth.say(from, answer);
  }

  private void answered(ReplicaId from, Ballot by, long now) {
    if (!by.equals(ballot) || !answers.add(from) || answers.size() != quorum) {
      return;
    }
    answeredAt = now;
    if (!leads) {
      leads = true;
      lastLeader.accept(ballot);
      mouth.say(self, new Message.Leading(ballot));
      beat(now);
    }
  }

  private void standDown(Ballot rejectedBy) {
    mouth.say(self, new Message.StoodDown(ballot, rejectedBy));
    crashProposer();
  }
}
