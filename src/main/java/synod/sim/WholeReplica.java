package synod.sim;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;
import synod.kv.Command;
import synod.kv.Gateway;
import synod.kv.Outcome;
import synod.kv.Query;
import synod.kv.SessionId;
import synod.paxos.Acceptance;
import synod.paxos.Batch;
import synod.paxos.Envelope;
import synod.paxos.Event;
import synod.paxos.Message;
import synod.paxos.Outbox;
import synod.paxos.ReplicaId;
import synod.paxos.Reply;
import synod.paxos.Standing;
import synod.paxos.StoreException;
import synod.ring.Elector;

/** All roles of one replica and its gateway, the disk and the state under them, and its clock. */
final class WholeReplica implements Storage.Watcher {
  private final ReplicaId self;
  private final World world;
  private final Plan plan;
  private final SplittableRandom random;
  private final SkewedClock clock;
  private final Storage storage;
  private final Cast cast;

  private final Map<Kind, Host> hosts = new EnumMap<>(Kind.class);
  private final TreeSet<Kind> flushing = new TreeSet<>();
  private final TreeSet<Trap> traps = new TreeSet<>();
  private Optional<Door> door = Optional.empty();
  private int incarnation;
  private long pausedUntil;
  private boolean hangs;
  private long slowness;
  private long busyUntil;

  WholeReplica(ReplicaId self, World world, SplittableRandom random) {
    this.self = self;
    this.world = world;
    this.plan = world.plan();
    this.random = random;
    this.clock = new SkewedClock(world.timeline(), plan, random);
    this.storage = new Storage(self, plan, random, this);
    this.cast = new Cast(this, plan, random);
  }

  /** As if they had voted before: each has met the other. */
  void meet(WholeReplica other) {
    disk().meet(other.self, other.disk().life());
    disk().sync();
  }

  Outbox.Owner owner() {
    return new Outbox.Owner(self, disk(), world::send, this::happened);
  }

  private void happened(Event event) {
    if (event instanceof Event.Stands stands && stands.standing().is(Standing.Kind.VOTING)) {
      storage.madeGood();
    }
    world.observer().happened(this, event);
  }

  ReplicaId self() {
    return self;
  }

  Disk disk() {
    return storage.disk();
  }

  State state() {
    return storage.state();
  }

  boolean isUp() {
    return door.isPresent();
  }

  int incarnation() {
    return incarnation;
  }

  /** Which life its proposer lives. */
  int proposerLife() {
    return cast.proposerLife();
  }

  /** Whom it takes for the leader; nobody if it is dead. */
  Optional<ReplicaId> leader() {
    return cast.elector().flatMap(Elector::leader);
  }

  boolean leads() {
    return cast.elector().map(Elector::state).equals(Optional.of("leading"));
  }

  /** Its disk is a voter's that has lost nothing, or has been made good, whatever it does now. */
  boolean isWhole() {
    return storage.isWhole();
  }

  boolean votes() {
    return isUp() && storage.is(Standing.Kind.VOTING);
  }

  boolean isQuarantined() {
    return storage.is(Standing.Kind.QUARANTINED);
  }

  // ---------------------------------------------------------------- life and death

  void start() {
    if (isUp()) {
      return;
    }
    incarnation = world.nextIncarnation();
    disk().reopen(incarnation);
    world.observer().began(this);
    Gateway gateway =
        new Gateway(plan.gateway(new SessionId(self, incarnation).value()), state()::answer);
    door = Optional.of(new Door(gateway, Outbox.speaking(owner()), clock()));
    for (Kind kind : List.of(Kind.ACCEPTOR, Kind.LEARNER, Kind.ELECTOR, Kind.PROPOSER)) {
      hosts.put(kind, world.hosts().make(cast.part(kind)));
    }
    guarded(() -> List.copyOf(hosts.values()).forEach(Host::start));
    afterStep();
    int life = incarnation;
    world.timeline().in(random.nextLong(clock.tick()), () -> tick(life));
  }

  private Door open() {
    return door.orElseThrow();
  }

  /** The process ends, in whatever it is doing; what was not synced may be lost. */
  void kill(String why) {
    if (!isUp()) {
      return;
    }
    door = Optional.empty();
    cast.end();
    hosts.clear();
    flushing.clear();
    traps.clear();
    pausedUntil = 0;
    storage.crash();
    world.say(() -> self + " dies: " + why);
    world.observer().ended(this);
    world.ended(this);
  }

  /** A role lives anew; what it had not said yet is lost. */
  void crash(Kind kind) {
    if (isUp() && hosts.containsKey(kind)) {
      flushing.remove(kind);
      guarded(() -> host(kind).crash());
      world.observer().crashed(this, kind);
      afterStep();
    }
  }

  void trap(Trap trap) {
    if (isUp()) {
      traps.add(trap);
    }
  }

  /** The dead replica gets an empty disk. */
  void wipe() {
    storage.wipe();
    world.observer().wiped(this);
  }

  /** The dead replica's disk loses some of what was synced, if it has voted; it will know. */
  void damage(int slots) {
    if (storage.hasVoted()) {
      storage.damage(slots);
      world.observer().damaged(this);
    }
  }

  /** The dead replica's disk is copied. */
  void backUp() {
    if (!isUp()) {
      storage.backUp();
      world.observer().backedUp(this);
    }
  }

  /** The dead replica gets its disk as it was backed up, if it was. */
  void putBack() {
    if (storage.putBack()) {
      world.observer().putBack(this);
    }
  }

  // ---------------------------------------------------------------- steps

  /** In whole ms, as its clock shows them. */
  long clock() {
    return clock.ms();
  }

  void jump(long ms) {
    clock.jump(ms);
  }

  void pause(long micros) {
    if (isUp()) {
      pausedUntil = world.timeline().now() + micros;
    }
  }

  void hang() {
    hangs = true;
  }

  /** Each sync takes up to that much longer. */
  void slow(long micros) {
    slowness = micros;
  }

  /** Its disk works. */
  void mend() {
    hangs = false;
    slowness = 0;
    storage.mend();
  }

  /** Nothing befalls it any more. */
  void calm() {
    mend();
    traps.clear();
    pausedUntil = 0;
  }

  private void tick(int life) {
    if (!isUp() || life != incarnation) {
      return;
    }
    long now = world.timeline().now();
    if (pausedUntil > now) {
      world.timeline().at(pausedUntil, () -> tick(life));
      return;
    }
    guarded(() -> List.copyOf(hosts.values()).forEach(Host::tick));
    guarded(() -> door.ifPresent(open -> open.tick(clock())));
    afterStep();
    world.timeline().in(clock.tick(), () -> tick(life));
  }

  void receive(Envelope<?> envelope, long number) {
    if (!isUp()) {
      world.observer().lost(envelope, number);
      return;
    }
    if (pausedUntil > world.timeline().now()) {
      int life = incarnation;
      world.timeline().at(pausedUntil, () -> receiveLate(envelope, number, life));
      return;
    }
    Kind kind = Kind.of(envelope.message());
    if (springs(kind, envelope.message(), Trap.Where.BEFORE)) {
      world.observer().lost(envelope, number);
      crash(kind);
      return;
    }
    world.observer().received(this, envelope);
    world.observer().delivered(envelope, number);
    guarded(() -> take(kind, envelope));
    afterStep();
    if (springs(kind, envelope.message(), Trap.Where.AFTER)) {
      crash(kind);
    }
  }

  /** What a replica says to itself dies with it. */
  private void receiveLate(Envelope<?> envelope, long number, int life) {
    if (life == incarnation || !envelope.from().equals(self)) {
      receive(envelope, number);
    } else {
      world.observer().lost(envelope, number);
    }
  }

  /** Whether a trap waits for it there; it has sprung then. */
  boolean springs(Kind kind, Message message, Trap.Where where) {
    return traps.remove(new Trap(kind, message.getClass().getSimpleName(), where));
  }

  private Host host(Kind kind) {
    return Optional.ofNullable(hosts.get(kind)).orElseThrow();
  }

  private void take(Kind kind, Envelope<?> envelope) {
    if (kind != Kind.GATEWAY) {
      host(kind).receive(envelope);
    } else {
      Message.ToGateway message = (Message.ToGateway) envelope.message();
      open().receive(new Envelope<>(envelope.from(), self, message));
    }
  }

  void write(Command command, Consumer<Outcome> then) {
    open().write(command, then);
  }

  void read(Query query, Consumer<Outcome> then) {
    open().read(query, then);
  }

  /** Whoever has something to sync gets the disk after a while, once for all that gathers. */
  private void afterStep() {
    for (Map.Entry<Kind, Host> host : hosts.entrySet()) {
      if (host.getValue().waitsForDisk() && flushing.add(host.getKey())) {
        flushLater(host.getKey(), host.getValue());
      }
    }
  }

  private void flushLater(Kind kind, Host host) {
    long micros = 50 + random.nextLong(plan.get(Knob.SYNC) + slowness + 1);
    long began = world.timeline().now();
    world.timeline().in(micros, () -> flush(kind, host, began));
  }

  private void flush(Kind kind, Host host, long began) {
    if (hosts.get(kind) != host || !flushing.contains(kind)) {
      return;
    }
    if (hangs || pausedUntil > world.timeline().now()) {
      world.timeline().in(20_000, () -> flush(kind, host, began));
      return;
    }
    flushing.remove(kind);
    world.observer().flushed(this, kind, world.timeline().now() - began);
    guarded(host::flush);
    if (isUp()) {
      world.observer().synced(this);
    }
    afterStep();
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (PowerCut cut) {
      kill(String.valueOf(cut.getMessage()));
    } catch (StoreException e) {
      kill("its store has failed");
    }
  }

  // ---------------------------------------------------------------- what the storage tells

  @Override
  public void durable(Acceptance held) {
    world.observer().durable(this, held);
  }

  @Override
  public void applied(long slot, Batch batch, List<Reply> replies) {
    world.observer().applied(this, slot, batch, replies);
  }

  @Override
  public void installed(long before) {
    world.observer().installed(this, before);
  }

  /** One after the other, as one thread would. */
  @Override
  public void later(Runnable what) {
    busyUntil = Math.max(busyUntil, world.timeline().now()) + random.nextLong(50_000);
    world.timeline().at(busyUntil, what);
  }

  @Override
  public String toString() {
    return String.format(
        "%s %s %s, promised %s, applied %s",
        self, isUp() ? "up" : "dead", disk().standing(), disk().promised(), state().applied());
  }
}
