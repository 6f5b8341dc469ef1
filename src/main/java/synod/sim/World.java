package synod.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import synod.paxos.Envelope;
import synod.paxos.Message;
import synod.paxos.ReplicaId;

/** Replicas, the network between them, and the time that all share. */
final class World {
  /** Time enough for another leader, another process, another disk. */
  private static final long MUCH_LATER = 3_000_000;

  private final Plan plan;
  private final Host.Maker hosts;
  private final Timeline timeline = new Timeline();
  private final TreeMap<ReplicaId, WholeReplica> replicas = new TreeMap<>();
  private final TreeMap<ReplicaId, Long> lastInner = new TreeMap<>();
  private final TreeSet<Link> cuts = new TreeSet<>();
  private final SplittableRandom weather;
  private final SplittableRandom hints;
  private final Observer observer;
  private final List<Ended> mourners = new ArrayList<>();
  private int incarnations = 1;
  private long numbers;
  private boolean calm;

  record Link(ReplicaId from, ReplicaId to) implements Comparable<Link> {
    @Override
    public int compareTo(Link that) {
      int byFrom = from.compareTo(that.from);
      return byFrom != 0 ? byFrom : to.compareTo(that.to);
    }
  }

  /** Hears that a process has ended. */
  interface Ended {
    void ended(WholeReplica replica);
  }

  World(Plan plan, Host.Maker hosts, Observer observer) {
    this.plan = plan;
    this.hosts = hosts;
    this.observer = observer;
    SplittableRandom random = new SplittableRandom(plan.seed());
    this.weather = random.split();
    this.hints = new SplittableRandom(~plan.seed());
    for (ReplicaId id : plan.replicas()) {
      replicas.put(id, new WholeReplica(id, this, random.split()));
      lastInner.put(id, 0L);
    }
    if (plan.is(Knob.VOTED)) {
      replicas.values().forEach(this::meetsOthers);
    }
  }

  private void meetsOthers(WholeReplica one) {
    replicas.values().stream().filter(other -> other != one).forEach(one::meet);
  }

  void start() {
    observer.opened(this);
    replicas.values().forEach(WholeReplica::start);
  }

  Plan plan() {
    return plan;
  }

  /** No two processes have the same, whichever copy of a disk they begin on. */
  int nextIncarnation() {
    return ++incarnations;
  }

  Host.Maker hosts() {
    return hosts;
  }

  Timeline timeline() {
    return timeline;
  }

  Observer observer() {
    return observer;
  }

  List<WholeReplica> replicas() {
    return List.copyOf(replicas.values());
  }

  List<WholeReplica> alive() {
    return replicas.values().stream().filter(WholeReplica::isUp).toList();
  }

  WholeReplica replica(ReplicaId id) {
    WholeReplica replica = replicas.get(id);
    if (replica == null) {
      throw new IllegalArgumentException("there is no replica " + id + " in this world");
    }
    return replica;
  }

  /** Put into words only if somebody reads it. */
  void say(Supplier<String> line) {
    observer.told(line);
  }

  void onEnd(Ended mourner) {
    mourners.add(mourner);
  }

  void ended(WholeReplica replica) {
    mourners.forEach(mourner -> mourner.ended(replica));
    if (plan.hasHints()) {
      hintAt(replica.self());
      if (hints.nextInt(4) == 0) {
        hintAt(plan.replicas().get(hints.nextInt(plan.replicas().size())));
      }
    }
  }

  /**
   * The links of some others find that nobody listens there; of one that lives they may be wrong.
   */
  private void hintAt(ReplicaId gone) {
    for (WholeReplica other : replicas.values()) {
      boolean hears = hints.nextInt(3) > 0 && !cuts.contains(new Link(gone, other.self()));
      if (hears && !other.self().equals(gone)) {
        timeline.in(hints.nextLong(20_000), () -> tell(other, new Message.Gone(gone)));
      }
    }
  }

  // ---------------------------------------------------------------- the network

  void send(Envelope<?> envelope) {
    observer.sent(replica(envelope.from()), envelope);
    long number = post(envelope);
    if (envelope.from().equals(envelope.to())) {
      sendInside(envelope, number);
    } else if (cuts.contains(new Link(envelope.from(), envelope.to()))) {
      observer.lost(envelope, number);
    } else {
      sendOut(envelope, number);
    }
  }

  private long post(Envelope<?> envelope) {
    long number = ++numbers;
    observer.posted(envelope, number);
    return number;
  }

  /**
   * What a replica says to itself is neither lost nor doubled, stays in its order, and dies with
   * it.
   */
  private void sendInside(Envelope<?> envelope, long number) {
    WholeReplica to = replica(envelope.to());
    int life = to.incarnation();
    long soonest = lastInner.getOrDefault(envelope.to(), 0L) + 1;
    long time = Math.max(soonest, timeline.now() + 1 + weather.nextLong(30));
    lastInner.put(envelope.to(), time);
    timeline.at(
        time,
        () -> {
          if (to.incarnation() == life) {
            to.receive(envelope, number);
          } else {
            observer.lost(envelope, number);
          }
        });
  }

  private void sendOut(Envelope<?> envelope, long number) {
    if (chance(Knob.LOSS)) {
      say(() -> "lost: " + Words.of(envelope));
      observer.lost(envelope, number);
      return;
    }
    byte[] encoded = Frames.encode(envelope.message());
    if (chance(Knob.OLD)) {
      Frames.refuseOld(encoded, weather);
      observer.lost(envelope, number);
      return;
    }
    Runnable arrival =
        () -> arrives(envelope.from(), envelope.to(), Frames.decode(encoded), number);
    timeline.in(calm ? 100 + weather.nextLong(400) : delay(), arrival);
    if (chance(Knob.DOUBLE)) {
      timeline.in(weather.nextBoolean() ? delay() : weather.nextLong(MUCH_LATER), arrival);
    }
  }

  private long delay() {
    long usual = plan.get(Knob.DELAY) + weather.nextLong(plan.get(Knob.JITTER) + 1);
    return chance(Knob.LATE) ? usual * (2 + weather.nextInt(49)) : usual;
  }

  private void arrives(ReplicaId from, ReplicaId to, Message message, long number) {
    replica(to).receive(new Envelope<>(from, to, message), number);
  }

  /** In a thousand; in calm weather never. */
  private boolean chance(Knob knob) {
    return plan.is(knob) && !calm && weather.nextInt(1_000) < plan.get(knob);
  }

  void cut(ReplicaId from, ReplicaId to) {
    if (!from.equals(to)) {
      cuts.add(new Link(from, to));
    }
  }

  void heal() {
    cuts.clear();
  }

  /** From a person, to a role of the replica. */
  void tell(WholeReplica replica, Message message) {
    if (replica.isUp()) {
      Envelope<?> envelope = new Envelope<>(replica.self(), replica.self(), message);
      sendInside(envelope, post(envelope));
    }
  }

  /** From now on nothing is lost, doubled or late, no link is cut and every disk works. */
  void calm() {
    calm = true;
    heal();
    replicas.values().forEach(WholeReplica::calm);
  }
}
