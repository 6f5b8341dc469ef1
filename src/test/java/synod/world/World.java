package synod.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import synod.paxos.Envelope;
import synod.paxos.Event;
import synod.paxos.Message;
import synod.paxos.ReplicaId;

/**
 * Replicas, and what is under way between their roles, in the order in which it was sent. Who
 * drives it decides what arrives, what a disk has finished and how a clock goes.
 */
final class World {
  private static final int TOO_LONG = 100_000;

  private final TreeMap<ReplicaId, WholeReplica> replicas = new TreeMap<>();
  private final List<Envelope<?>> underWay = new ArrayList<>();
  private final Set<String> cuts = new TreeSet<>();
  private final Set<ReplicaId> hung = new TreeSet<>();
  private final List<Supplier<String>> transcript = new ArrayList<>();
  private final Map<String, Integer> happenings = new TreeMap<>();
  private final Invariants invariants;

  World(Sizing sizing, SplittableRandom random) {
    this.invariants = new Invariants(sizing.quorums());
    for (ReplicaId id : sizing.replicas()) {
      replicas.put(id, new WholeReplica(id, sizing, random.split(), this));
    }
    replicas.values().forEach(WholeReplica::start);
  }

  Invariants invariants() {
    return invariants;
  }

  List<WholeReplica> replicas() {
    return List.copyOf(replicas.values());
  }

  List<WholeReplica> alive() {
    return replicas.values().stream().filter(WholeReplica::isUp).toList();
  }

  private WholeReplica replica(ReplicaId id) {
    return Optional.ofNullable(replicas.get(id)).orElseThrow();
  }

  // ---------------------------------------------------------------- what replicas do

  void send(Envelope<?> envelope) {
    invariants.leaves(replica(envelope.from()), envelope);
    if (!cuts.contains(envelope.from() + ">" + envelope.to())) {
      underWay.add(envelope);
    }
  }

  /** How often each kind of event has happened. */
  Map<String, Integer> happenings() {
    return happenings;
  }

  void happened(ReplicaId at, Event event) {
    String kind = event.getClass().getSimpleName();
    boolean stands = event instanceof Event.Stands;
    happenings.merge(
        stands ? kind + " " + ((Event.Stands) event).standing().kind() : kind, 1, Integer::sum);

    if (event instanceof Event.Applied applied) {
      invariants.applied(replica(at), applied.slot());
    }
    invariants.lease(replica(at), event);
    if (event instanceof Event.Truncated truncated) {
      invariants.truncated(replica(at), truncated.slot());
    }
    say(() -> at + "     * " + event);
  }

  // ---------------------------------------------------------------- what happens to them

  int underWay() {
    return underWay.size();
  }

  /** What a replica says to itself is neither lost nor doubled, and stays in its order. */
  private static boolean isInner(Envelope<?> envelope) {
    return envelope.from().equals(envelope.to());
  }

  private int inOrder(int index) {
    Envelope<?> chosen = underWay.get(index);
    int first = index;
    for (int i = 0; isInner(chosen) && i < index; i++) {
      if (isInner(underWay.get(i)) && underWay.get(i).to().equals(chosen.to())) {
        first = i;
        break;
      }
    }
    return first;
  }

  void deliver(int index) {
    Envelope<?> envelope = underWay.remove(inOrder(index));
    WholeReplica to = replica(envelope.to());
    if (to.isUp()) {
      say(() -> envelope.from() + ">" + envelope.to() + " " + envelope.message());
      to.receive(envelope);
    }
  }

  void lose(int index) {
    if (!isInner(underWay.get(index))) {
      underWay.remove(index);
    }
  }

  void repeat(int index) {
    if (!isInner(underWay.get(index))) {
      underWay.add(underWay.get(index));
    }
  }

  void cut(ReplicaId from, ReplicaId to) {
    say(() -> "cut " + from + ">" + to);
    if (!from.equals(to)) {
      cuts.add(from + ">" + to);
    }
  }

  void heal() {
    say(() -> "heal");
    cuts.clear();
    hung.clear();
  }

  /** Its syncs do not return until the next {@link #heal}. */
  void hang(WholeReplica replica) {
    say(() -> replica.self() + " disk hangs");
    hung.add(replica.self());
  }

  void flush(WholeReplica replica) {
    if (!hung.contains(replica.self())) {
      replica.flush();
    }
  }

  void kill(WholeReplica replica, int slots) {
    say(() -> replica.self() + " dies and loses " + slots + " slots of its state");
    replica.kill(slots);
    underWay.removeIf(envelope -> isInner(envelope) && envelope.to().equals(replica.self()));
    hung.remove(replica.self());
  }

  void crash(WholeReplica replica, WholeReplica.Kind role) {
    say(() -> replica.self() + " crash of " + role);
    replica.begin(role);
  }

  void wipe(WholeReplica replica) {
    kill(replica, 0);
    say(() -> replica.self() + " gets an empty disk");
    replica.wipe();
  }

  void readmit(WholeReplica replica) {
    say(() -> replica.self() + " is to be readmitted");
    underWay.add(new Envelope<>(replica.self(), replica.self(), new Message.Readmit()));
  }

  void elect(WholeReplica replica) {
    underWay.add(new Envelope<>(replica.self(), replica.self(), new Message.Elect()));
  }

  /** Time passes for all, and no role knows of it before its next tick. */
  void pass(long ms) {
    replicas.values().forEach(replica -> replica.pass(ms));
  }

  /** Lets time pass on all clocks; disks are quick, and everything arrives within a tick. */
  void run(long ms) {
    for (long passed = 0; passed < ms; passed += 10) {
      pass(10);
      alive().forEach(WholeReplica::tick);
      alive().forEach(this::flush);
      settle();
    }
  }

  private void settle() {
    for (int steps = 0; !underWay.isEmpty(); steps++) {
      if (steps > TOO_LONG) {
        throw new AssertionError("they never stop talking");
      }
      WholeReplica to = replica(underWay.get(0).to());
      deliver(0);
      flush(to);
    }
  }

  // ---------------------------------------------------------------- the transcript

  /** Put into words only when somebody reads it. */
  void say(Supplier<String> line) {
    transcript.add(line);
  }

  List<String> last(int lines) {
    int from = Math.max(0, transcript.size() - lines);
    return transcript.subList(from, transcript.size()).stream()
        .map(Supplier::get)
        .map(line -> line.replaceAll("\\w+=|ReplicaId", ""))
        .toList();
  }
}
