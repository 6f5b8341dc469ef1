package synod.paxos;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.IntStream;
import synod.memory.MemoryJournal;
import synod.memory.MemorySnapshots;

/**
 * The Paxos roles of all replicas, and one queue of what they say to each other. No disk, no codec,
 * no threads: what is left is the protocol. Messages to electors and gateways go nowhere.
 */
final class OneThread {
  private static final long TICK_MS = 10;
  private static final int SLOTS_A_TICK = 100;

  private final List<Replica> replicas;
  private final Queue<Envelope<?>> flying = new ArrayDeque<>();
  private long slots;

  /** Roles as a cluster has them by default, and the first of them leads. */
  OneThread(int count) {
    List<ReplicaId> ids = IntStream.rangeClosed(1, count).mapToObj(ReplicaId::new).toList();
    replicas = ids.stream().map(id -> new Replica(id, ids, flying::add)).toList();
    replicas.forEach(Replica::start);
    deliverAll();
    submit(new Message.Lead(0, 0));
  }

  /** Hands this to the leader's proposer, and then on until nobody has anything to say. */
  long submit(Message.ToProposer... messages) {
    ReplicaId leader = replicas.get(0).id;
    for (Message.ToProposer message : messages) {
      flying.add(new Envelope<>(leader, leader, message));
    }
    deliverAll();
    letTimePass();
    return replicas.get(0).machine.applied();
  }

  /** As often as under load: so that all hear what is chosen, and the log is truncated. */
  private void letTimePass() {
    long applied = replicas.get(0).machine.applied();
    if (applied - slots >= SLOTS_A_TICK) {
      slots = applied;
      replicas.forEach(Replica::tick);
      deliverAll();
    }
  }

  private void deliverAll() {
    while (!flying.isEmpty()) {
      Envelope<?> envelope = flying.remove();
      replicas.get(envelope.to().number() - 1).receive(envelope);
    }
  }

  /** The roles of one replica. */
  private static final class Replica {
    private static final ProposerSettings.Timing TIMING =
        new ProposerSettings.Timing(5_000, 250, 300, 2_000, 50);
    private static final ProposerSettings.Sizes SIZES =
        new ProposerSettings.Sizes(8, 64 * 1024, 32 * 1024 * 1024);
    private static final LearnerSettings.Retain SOME =
        new LearnerSettings.Retain(1_000, Long.MAX_VALUE / 2);

    private final ReplicaId id;
    private final Applied machine = new Applied();
    private final Proposer proposer;
    private final Acceptor acceptor;
    private final Learner learner;
    private final Outbox proposes;
    private final Outbox accepts;
    private final Outbox learns;
    private long now;

    Replica(ReplicaId id, List<ReplicaId> all, Network network) {
      this.id = id;
      Quorums quorums = Quorums.majority(all.size());
      Journal journal = new MemoryJournal();
      Outbox.Owner owner = new Outbox.Owner(id, journal, network, event -> {});
      proposer = new Proposer(journal, new ProposerSettings(all, quorums, TIMING, SIZES));
      acceptor = new Acceptor(journal, new AcceptorSettings(all, quorums, TIMING.retransmitMs()));
      learner =
          new Learner(
              journal,
              machine,
              new LearnerSettings(all, quorums, SIZES.window(), TIMING.retransmitMs(), SOME));
      proposes = Outbox.writing(owner);
      accepts = Outbox.writing(owner);
      learns = Outbox.speaking(owner);
    }

    void start() {
      proposer.start(now, proposes);
      acceptor.start(now, accepts);
      learner.start(now, learns);
      release();
    }

    void tick() {
      now += TICK_MS;
      proposer.tick(now, proposes);
      acceptor.tick(now, accepts);
      learner.tick(now, learns);
      release();
    }

    void receive(Envelope<?> envelope) {
      if (envelope.message() instanceof Message.ToProposer message) {
        proposer.receive(with(message, envelope), proposes);
        proposes.release();
      } else if (envelope.message() instanceof Message.ToAcceptor message) {
        acceptor.receive(with(message, envelope), accepts);
        accepts.release();
      } else if (envelope.message() instanceof Message.ToLearner message) {
        learner.receive(with(message, envelope), learns);
        learns.release();
      }
    }

    private static <M extends Message> Envelope<M> with(M message, Envelope<?> envelope) {
      return new Envelope<>(envelope.from(), envelope.to(), message);
    }

    private void release() {
      proposes.release();
      accepts.release();
      learns.release();
    }
  }

  /** A state that is nothing but its slot. */
  private static final class Applied implements StateMachine {
    private long applied;
    private long durable;

    @Override
    public long applied() {
      return applied;
    }

    @Override
    public List<Reply> apply(long slot, Batch batch, boolean keep) {
      applied = slot;
      return List.of();
    }

    @Override
    public Optional<Batch> kept(long slot) {
      return Optional.empty();
    }

    @Override
    public void persist() {
      durable = applied;
    }

    @Override
    public long durable() {
      return durable;
    }

    @Override
    public void forget(long slot) {}

    @Override
    public Snapshots snapshots() {
      return new MemorySnapshots(() -> new MemorySnapshots.Made(applied, Bytes.EMPTY));
    }

    @Override
    public void install() {
      throw new UnsupportedOperationException("nobody is ever so far behind");
    }
  }
}
