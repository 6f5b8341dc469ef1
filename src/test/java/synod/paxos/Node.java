package synod.paxos;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import synod.testing.Samples;

/**
 * One replica's process: a disk, which outlives crashes, and the roles of the present life of its
 * process.
 *
 * <p>What the roles of one replica tell each other arrives at once and in order; all else goes
 * through the world. An acceptor syncs when it is told to, or at once.
 */
final class Node {
  enum RoleKind {
    PROPOSER,
    ACCEPTOR,
    LEARNER
  }

  /** What a process is built into. */
  interface World {
    long now();

    LeaseSettings leases();

    void post(Node from, Envelope<?> envelope);

    void happened(Node at, Event event);

    void applied(Node at, long slot, Batch batch);
  }

  private final ReplicaId id;
  private final ProposerSettings settings;
  private final World world;
  private final WatchedJournal journal = new WatchedJournal();
  private final RecordingMachine machine;
  private final Queue<Envelope<?>> own = new ArrayDeque<>();
  private boolean up = true;
  private boolean holdsSync;
  private Optional<RoleKind> doomed = Optional.empty();
  private Life<Message.ToProposer> proposer;
  private Life<Message.ToAcceptor> acceptor;
  private Life<Message.ToLearner> learner;

  Node(ReplicaId id, ProposerSettings settings, World world) {
    this.id = id;
    this.settings = settings;
    this.world = world;
    this.machine = new RecordingMachine((slot, batch) -> world.applied(this, slot, batch));
    this.proposer = newProposer();
    this.acceptor = newAcceptor();
    this.learner = newLearner();
  }

  /** A life of a role: whoever crashes takes what its outbox held with it. */
  private record Life<M extends Message>(Role<M> role, Outbox outbox) {}

  private Life<Message.ToProposer> newProposer() {
    return new Life<>(new Proposer(journal, settings, world.leases()), Outbox.writing(owner()));
  }

  private Life<Message.ToAcceptor> newAcceptor() {
    return new Life<>(
        new Acceptor(journal, Samples.ACCEPTING, world.leases()), Outbox.writing(owner()));
  }

  private Life<Message.ToLearner> newLearner() {
    var learning =
        new LearnerSettings(
            settings.replicas(),
            settings.quorums(),
            settings.sizes().window(),
            300,
            LearnerSettings.Retain.ALL);
    return new Life<>(new Learner(journal, machine, learning), Outbox.speaking(owner()));
  }

  private Outbox.Owner owner() {
    return new Outbox.Owner(id, journal, this::say, event -> world.happened(this, event));
  }

  private void say(Envelope<?> envelope) {
    if (envelope.message() instanceof Message.Local) {
      own.add(envelope);
    }
    world.post(this, envelope);
  }

  ReplicaId id() {
    return id;
  }

  boolean isUp() {
    return up;
  }

  WatchedJournal journal() {
    return journal;
  }

  RecordingMachine machine() {
    return machine;
  }

  /** Which life of the proposer this is. */
  Object proposerLife() {
    return proposer;
  }

  // ---------------------------------------------------------------- life and death

  void start() {
    begin(proposer);
    begin(acceptor);
    begin(learner);
    converse();
  }

  private void begin(Life<?> life) {
    life.role().start(world.now(), life.outbox());
    life.outbox().release();
  }

  /** The role is built anew from the journal, synced or not. */
  void crash(RoleKind kind) {
    switch (kind) {
      case PROPOSER -> proposer = newProposer();
      case ACCEPTOR -> acceptor = newAcceptor();
      case LEARNER -> learner = newLearner();
    }
    begin(life(kind));
    converse();
  }

  /** The role crashes in its next step, when it has written and not yet spoken. */
  void doom(RoleKind kind) {
    doomed = Optional.of(kind);
  }

  private Life<?> life(RoleKind kind) {
    return switch (kind) {
      case PROPOSER -> proposer;
      case ACCEPTOR -> acceptor;
      case LEARNER -> learner;
    };
  }

  /** What was not synced is lost: of the journal, and {@code slots} of the state. */
  void kill(int slots) {
    up = false;
    journal.crash();
    machine.lose(slots);
    own.clear();
  }

  void restart() {
    up = true;
    holdsSync = false;
    proposer = newProposer();
    acceptor = newAcceptor();
    learner = newLearner();
    start();
  }

  // ---------------------------------------------------------------- steps

  void tick() {
    step(proposer, outbox -> proposer.role().tick(world.now(), outbox));
    step(acceptor, outbox -> acceptor.role().tick(world.now(), outbox));
    step(learner, outbox -> learner.role().tick(world.now(), outbox));
    converse();
  }

  void receive(Envelope<?> envelope) {
    take(envelope);
    converse();
  }

  /** From now on the acceptor gathers, until {@link #sync}. */
  void holdSync() {
    holdsSync = true;
  }

  void sync() {
    holdsSync = false;
    acceptor.outbox().release();
    converse();
  }

  private void converse() {
    while (!own.isEmpty()) {
      take(own.remove());
    }
  }

  private void take(Envelope<?> envelope) {
    Message message = envelope.message();
    if (message instanceof Message.ToProposer m) {
      step(proposer, outbox -> proposer.role().receive(to(envelope, m), outbox));
    } else if (message instanceof Message.ToAcceptor m) {
      step(acceptor, outbox -> acceptor.role().receive(to(envelope, m), outbox));
    } else if (message instanceof Message.ToLearner m) {
      step(learner, outbox -> learner.role().receive(to(envelope, m), outbox));
    }
  }

  private static <M extends Message> Envelope<M> to(Envelope<?> envelope, M message) {
    return new Envelope<>(envelope.from(), envelope.to(), message);
  }

  private void step(Life<?> life, Consumer<Outbox> step) {
    step.accept(life.outbox());
    if (doomed.filter(kind -> life.equals(life(kind))).isPresent()) {
      RoleKind kind = doomed.orElseThrow();
      doomed = Optional.empty();
      crash(kind);
    } else if (!(life.equals(acceptor) && holdsSync && life.outbox().needsSync())) {
      life.outbox().release();
    }
  }
}
