package synod.paxos;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The Paxos roles of some replicas over a queue of messages, and the invariants that must hold
 * after every step.
 */
final class PaxosWorld {
  final List<ReplicaId> ids;
  final TreeMap<ReplicaId, PaxosReplica> replicas = new TreeMap<>();
  final List<Envelope<?>> queue = new ArrayList<>();
  final Set<String> cut = new TreeSet<>();
  final List<String> transcript = new ArrayList<>();
  private final PaxosInvariants invariants;
  private long now = 1_000;

  PaxosWorld(int size, Quorums quorums, ProposerSettings.Sizes sizes) {
    ids = IntStream.rangeClosed(1, size).mapToObj(ReplicaId::new).toList();
    invariants = new PaxosInvariants(quorums, replicas);
    ProposerSettings settings =
        new ProposerSettings(ids, quorums, new ProposerSettings.Timing(100, 300, 1_000), sizes);
    for (ReplicaId id : ids) {
      replicas.put(
          id,
          new PaxosReplica(
              id, settings, this::send, event -> transcript.add(id + " " + PaxosWords.of(event))));
    }
    flush();
  }

  static PaxosWorld ofFive() {
    return new PaxosWorld(5, Quorums.majority(5), new ProposerSettings.Sizes(8, 1_000, 4_000));
  }

  PaxosReplica replica(int id) {
    return replica(new ReplicaId(id));
  }

  private PaxosReplica replica(ReplicaId id) {
    PaxosReplica replica = replicas.get(id);
    if (replica == null) {
      throw new IllegalArgumentException("no replica " + id);
    }
    return replica;
  }

  private void send(Envelope<?> envelope) {
    invariants.leaves(envelope);
    boolean local = envelope.message() instanceof Message.ToElector;
    if (!local && !(envelope.message() instanceof Message.ToGateway)) {
      queue.add(envelope);
    } else {
      transcript.add(envelope.from() + " " + PaxosWords.of(envelope.message()));
    }
  }

  /** A message from outside the three roles: of an elector or a gateway. */
  void say(int from, int to, Message message) {
    queue.add(new Envelope<>(new ReplicaId(from), new ReplicaId(to), message));
  }

  boolean passes(Envelope<?> envelope) {
    return !cut.contains(envelope.from() + ">" + envelope.to()) && replica(envelope.to()).up;
  }

  /** Takes the message out of the queue and gives it to its role, whose outbox is left full. */
  void step(int index) {
    Envelope<?> envelope = queue.remove(index);
    if (passes(envelope)) {
      transcript.add(
          envelope.from() + ">" + envelope.to() + " " + PaxosWords.of(envelope.message()));
      replica(envelope.to()).receive(envelope);
    }
    invariants.check();
  }

  /** Delivers and flushes until nothing that fits is left. */
  void deliver(Predicate<Envelope<?>> fits) {
    for (int steps = 0; steps < 10_000; steps++) {
      int next = 0;
      while (next < queue.size() && !fits.test(queue.get(next))) {
        next++;
      }
      if (next == queue.size()) {
        return;
      }
      step(next);
      flush();
    }
    throw new AssertionError("the replicas never stop talking");
  }

  void deliverAll() {
    deliver(envelope -> true);
  }

  void flush() {
    for (PaxosReplica replica : replicas.values()) {
      if (replica.up) {
        replica.flush();
      }
    }
  }

  void tick(long ms) {
    now += ms;
    for (PaxosReplica replica : replicas.values()) {
      if (replica.up) {
        replica.tick(now);
      }
    }
  }
}
