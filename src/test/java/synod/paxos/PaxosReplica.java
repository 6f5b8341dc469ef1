package synod.paxos;

import java.util.List;
import java.util.function.Consumer;
import synod.testing.MemoryJournal;

/** The three Paxos roles of one replica, as production builds them, and the disk under them. */
final class PaxosReplica {
  final MemoryJournal journal = new MemoryJournal();
  final RecordingMachine machine = new RecordingMachine();
  private final ProposerSettings settings;
  private final Outbox.Owner owner;
  private long now;
  boolean up = true;

  private Part<Message.ToProposer> proposer;
  private Part<Message.ToAcceptor> acceptor;
  private Part<Message.ToLearner> learner;

  PaxosReplica(ReplicaId self, ProposerSettings settings, Network network, Consumer<Event> events) {
    this.settings = settings;
    this.owner = new Outbox.Owner(self, journal, network, events);
    this.proposer = newProposer();
    this.acceptor = newAcceptor();
    this.learner = newLearner();
  }

  /** A role in one life, with its outbox. */
  record Part<M extends Message>(Role<M> role, Outbox out) {}

  private Part<Message.ToProposer> newProposer() {
    return begin(new Part<>(new Proposer(journal, settings), Outbox.writing(owner)));
  }

  private Part<Message.ToAcceptor> newAcceptor() {
    return begin(new Part<>(new Acceptor(journal), Outbox.writing(owner)));
  }

  private Part<Message.ToLearner> newLearner() {
    LearnerSettings learning =
        new LearnerSettings(
            settings.replicas(), settings.quorums(), settings.sizes().window(), 500);
    return begin(new Part<>(new Learner(journal, machine, learning), Outbox.speaking(owner)));
  }

  private <M extends Message> Part<M> begin(Part<M> part) {
    part.role().start(now, part.out());
    return part;
  }

  /** One step; what it wants stays in the outbox until {@link #flush}. */
  @SuppressWarnings("unchecked")
  void receive(Envelope<?> envelope) {
    if (envelope.message() instanceof Message.ToProposer) {
      proposer.role().receive((Envelope<Message.ToProposer>) envelope, proposer.out());
    } else if (envelope.message() instanceof Message.ToAcceptor) {
      acceptor.role().receive((Envelope<Message.ToAcceptor>) envelope, acceptor.out());
    } else if (envelope.message() instanceof Message.ToLearner) {
      learner.role().receive((Envelope<Message.ToLearner>) envelope, learner.out());
      learner.out().release();
    }
  }

  void tick(long time) {
    now = time;
    for (Part<?> part : List.of(proposer, acceptor, learner)) {
      part.role().tick(time, part.out());
    }
    learner.out().release();
  }

  void flush() {
    proposer.out().release();
    acceptor.out().release();
    learner.out().release();
  }

  void crash(String role) {
    switch (role) {
      case "proposer" -> proposer = newProposer();
      case "acceptor" -> acceptor = newAcceptor();
      case "learner" -> learner = newLearner();
      default -> throw new IllegalArgumentException(role);
    }
  }

  /** A power cut: what was not synced is gone, and the state goes back to that slot. */
  void kill(long stateUpTo) {
    up = false;
    journal.crash();
    machine.loseAfter(stateUpTo);
  }

  void restart() {
    up = true;
    crash("proposer");
    crash("acceptor");
    crash("learner");
  }
}
