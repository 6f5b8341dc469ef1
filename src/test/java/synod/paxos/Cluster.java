package synod.paxos;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import synod.paxos.ProposerSettings.Sizes;
import synod.paxos.ProposerSettings.Timing;

/**
 * Processes, a clock, and a network that is driven message by message: what was sent lies in {@link
 * #flying} until the test delivers, doubles or drops it. Nothing here is left to chance.
 */
final class Cluster implements Node.World {
  static final long TICK = 10;
  static final Timing TIMING = new Timing(100, 50, 500);

  private final List<Node> processes;
  private final List<Envelope<?>> flying = new ArrayList<>();
  private final Set<String> cuts = new LinkedHashSet<>();
  private final Watcher watcher;
  private final LeaseSettings leases;
  private long now;

  /** Sees all that leaves a role and all that happens, after it is on disk. */
  interface Watcher {
    void sent(Node from, Envelope<?> envelope);

    void happened(Node at, Event event);

    void applied(Node at, long slot, Batch batch);
  }

  Cluster(int replicas, Quorums quorums, Sizes sizes, Watcher watcher) {
    this(settings(replicas, quorums, sizes), 0, watcher);
  }

  /** With leases of that many ms less a tenth, or without. */
  Cluster(ProposerSettings settings, long leaseMs, Watcher watcher) {
    this.watcher = watcher;
    this.leases = new LeaseSettings(leaseMs, 10, () -> now);
    List<ReplicaId> ids = settings.replicas();
    this.processes = ids.stream().map(id -> new Node(id, settings, this)).toList();
    processes.forEach(Node::start);
  }

  static ProposerSettings settings(int replicas, Quorums quorums, Sizes sizes) {
    List<ReplicaId> ids = IntStream.rangeClosed(1, replicas).mapToObj(ReplicaId::new).toList();
    return new ProposerSettings(ids, quorums, TIMING, sizes);
  }

  @Override
  public LeaseSettings leases() {
    return leases;
  }

  List<Node> processes() {
    return processes;
  }

  Node process(ReplicaId id) {
    return processes.get(id.number() - 1);
  }

  List<Envelope<?>> flying() {
    return flying;
  }

  @Override
  public long now() {
    return now;
  }

  // ---------------------------------------------------------------- what the world does

  void deliver(Envelope<?> envelope) {
    Node to = process(envelope.to());
    if (to.isUp()) {
      to.receive(envelope);
    }
  }

  /** Delivers the first message under way that fits. Returns whether there was one. */
  boolean deliverFirst(Predicate<Envelope<?>> which) {
    Optional<Envelope<?>> first = flying.stream().filter(which).findFirst();
    first.ifPresent(
        envelope -> {
          flying.remove(envelope);
          deliver(envelope);
        });
    return first.isPresent();
  }

  /** Lets a tick's time pass. */
  void tick() {
    now += TICK;
    ups().forEach(Node::tick);
  }

  /** Lets time pass, each message that fits arriving within the tick in which it was sent. */
  void run(long ms, Predicate<Envelope<?>> which) {
    for (long passed = 0; passed < ms; passed += TICK) {
      tick();
      deliverAll(which);
    }
  }

  void deliverAll(Predicate<Envelope<?>> which) {
    while (deliverFirst(which)) {
      // each pass delivers one message
    }
  }

  List<Node> ups() {
    return processes.stream().filter(Node::isUp).toList();
  }

  /** From the elector's place: this replica should lead. */
  void lead(Node process) {
    tell(process, new Message.Lead(0, process.machine().applied()));
  }

  void tell(Node process, Message message) {
    process.receive(new Envelope<>(process.id(), process.id(), message));
  }

  void cut(ReplicaId from, ReplicaId to) {
    cuts.add(from + ">" + to);
  }

  void heal() {
    cuts.clear();
  }

  // ---------------------------------------------------------------- what processes tell the world

  @Override
  public void post(Node from, Envelope<?> envelope) {
    watcher.sent(from, envelope);
    boolean toRole =
        envelope.message() instanceof Message.ToAcceptor
            || envelope.message() instanceof Message.ToProposer
            || envelope.message() instanceof Message.ToLearner;
    boolean local = envelope.message() instanceof Message.Local;
    if (toRole && !local && !cuts.contains(envelope.from() + ">" + envelope.to())) {
      flying.add(envelope);
    }
  }

  @Override
  public void happened(Node at, Event event) {
    watcher.happened(at, event);
  }

  @Override
  public void applied(Node at, long slot, Batch batch) {
    watcher.applied(at, slot, batch);
  }
}
