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
import synod.memory.MemoryJournal;
import synod.paxos.Acceptor;
import synod.paxos.Ballot;
import synod.paxos.Batch;
import synod.paxos.Envelope;
import synod.paxos.Event;
import synod.paxos.Learner;
import synod.paxos.Life;
import synod.paxos.Message;
import synod.paxos.Outbox;
import synod.paxos.Proposer;
import synod.paxos.ReplicaId;
import synod.paxos.Reply;
import synod.paxos.Role;
import synod.paxos.Standing;
import synod.paxos.StoreException;
import synod.ring.Elector;
import synod.ring.ElectorSettings;

/** All roles of one replica and its gateway, the disk and the state under them, and its clock. */
final class WholeReplica implements State.Watcher {
  private static final long SOME_TIME = 1_000_000_000_000L;

  private final ReplicaId self;
  private final World world;
  private final Plan plan;
  private final SplittableRandom random;
  private final long rate;
  private long offset;
  private Disk disk;
  private State state;
  private Optional<Backup> backup = Optional.empty();

  private final Map<Kind, Host> hosts = new EnumMap<>(Kind.class);
  private final TreeSet<Kind> flushing = new TreeSet<>();
  private final TreeSet<Trap> traps = new TreeSet<>();
  private Optional<Elector> elector = Optional.empty();
  private Optional<Door> door = Optional.empty();
  private int incarnation;
  private int proposerLives;
  private long pausedUntil;
  private boolean hangs;
  private boolean spoiled;
  private long slowness;
  private long busyUntil;

  /** The gateway does not crash alone: it owns commands that nobody else knows. */
  private record Door(Gateway gateway, Outbox out) {}

  private record Backup(Disk disk, State state) {}

  /** Where a role crashes that a message comes to. */
  enum Where {
    /** The message is lost. */
    BEFORE,
    /** It has taken the message and written what is to be written, and says nothing. */
    MIDWAY,
    /** It has said what needs no disk. */
    AFTER
  }

  /** A role crashes when such a message comes. */
  record Trap(Kind role, String message, Where where) implements Comparable<Trap> {
    @Override
    public int compareTo(Trap that) {
      return toString().compareTo(that.toString());
    }
  }

  WholeReplica(ReplicaId self, World world, SplittableRandom random) {
    this.self = self;
    this.world = world;
    this.plan = world.plan();
    this.random = random;
    long skew = plan.get(Knob.SKEW);
    this.rate = 1_000 - skew + random.nextLong(2 * skew + 1);
    this.offset = SOME_TIME + (skew == 0 ? 0 : random.nextLong(5_000_000));
    this.disk = newDisk(plan.is(Knob.VOTED) ? Standing.Kind.VOTING : Standing.Kind.FRESH);
    this.state = new State(this, random.split());
    if (plan.is(Knob.SLOT)) {
      state.skip(plan.get(Knob.SLOT));
      disk.truncate(plan.get(Knob.SLOT));
      disk.sync();
    }
  }

  private Disk newDisk(Standing.Kind standing) {
    Life life = new Life(1 + random.nextInt(Integer.MAX_VALUE), 1);
    MemoryJournal journal = new MemoryJournal(life, Standing.of(standing));
    long round = plan.get(Knob.ROUND);
    if (round > 0 && standing == Standing.Kind.VOTING) {
      journal.promise(new Ballot(round, new ReplicaId(1)));
      journal.makeBallot(new Ballot(round, self));
      journal.sync();
    }
    return new Disk(journal, random.split(), held -> world.observer().durable(this, held));
  }

  /** As if they had voted before: each has met the other. */
  void meet(WholeReplica other) {
    disk.meet(other.self, other.disk.life());
    disk.sync();
  }

  private Outbox.Owner owner() {
    return new Outbox.Owner(self, disk, world::send, this::happened);
  }

  private void happened(Event event) {
    if (event instanceof Event.Stands stands && stands.standing().is(Standing.Kind.VOTING)) {
      spoiled = false;
    }
    world.observer().happened(this, event);
  }

  ReplicaId self() {
    return self;
  }

  Disk disk() {
    return disk;
  }

  State state() {
    return state;
  }

  boolean isUp() {
    return door.isPresent();
  }

  int incarnation() {
    return incarnation;
  }

  /** Which life its proposer lives. */
  int proposerLife() {
    return proposerLives;
  }

  /** Whom it takes for the leader; nobody if it is dead. */
  Optional<ReplicaId> leader() {
    return elector.flatMap(Elector::leader);
  }

  boolean leads() {
    return elector.map(Elector::state).equals(Optional.of("leading"));
  }

  /** Its disk is a voter's that has lost nothing, or has been made good, whatever it does now. */
  boolean isWhole() {
    return !spoiled && hasVoted();
  }

  private boolean hasVoted() {
    return disk.standing().is(Standing.Kind.VOTING) || disk.standing().is(Standing.Kind.RETURNING);
  }

  boolean votes() {
    return isUp() && disk.standing().is(Standing.Kind.VOTING);
  }

  boolean isQuarantined() {
    return disk.standing().is(Standing.Kind.QUARANTINED);
  }

  // ---------------------------------------------------------------- life and death

  void start() {
    if (isUp()) {
      return;
    }
    incarnation = world.nextIncarnation();
    disk.reopen(incarnation);
    world.observer().began(this);
    Gateway gateway =
        new Gateway(plan.gateway(new SessionId(self, incarnation).value()), state::answer);
    door = Optional.of(new Door(gateway, Outbox.speaking(owner())));
    gateway.start(clock(), open().out());
    for (Kind kind : List.of(Kind.ACCEPTOR, Kind.LEARNER, Kind.ELECTOR, Kind.PROPOSER)) {
      hosts.put(kind, world.hosts().make(part(kind)));
    }
    guarded(() -> List.copyOf(hosts.values()).forEach(Host::start));
    afterStep();
    int life = incarnation;
    world.timeline().in(random.nextLong(period()), () -> tick(life));
  }

  private Door open() {
    return door.orElseThrow();
  }

  private Part<?> part(Kind kind) {
    return switch (kind) {
      case PROPOSER ->
          new Part<>(
              kind.word(),
              Message.ToProposer.class,
              () -> fragile(kind, proposer()),
              true,
              owner(),
              this::clock);
      case ACCEPTOR ->
          new Part<>(
              kind.word(),
              Message.ToAcceptor.class,
              () -> fragile(kind, acceptor()),
              true,
              owner(),
              this::clock);
      case LEARNER ->
          new Part<>(
              kind.word(),
              Message.ToLearner.class,
              () -> fragile(kind, new Learner(disk, state, plan.learner())),
              false,
              owner(),
              this::clock);
      case ELECTOR ->
          new Part<>(
              kind.word(),
              Message.ToElector.class,
              () -> fragile(kind, elector()),
              false,
              owner(),
              this::clock);
      case GATEWAY -> throw new IllegalArgumentException("a gateway has no host");
    };
  }

  private <M extends Message> Role<M> fragile(Kind kind, Role<M> role) {
    return new FragileRole<>(role, message -> springs(kind, message, Where.MIDWAY));
  }

  private Acceptor acceptor() {
    return new Acceptor(disk, plan.acceptor(), plan.leases(this::clock));
  }

  private Proposer proposer() {
    proposerLives++;
    return new Proposer(disk, plan.proposer(), plan.leases(this::clock));
  }

  private Elector elector() {
    Elector made =
        new Elector(
            new Elector.Origin(self, disk.promised()),
            plan.ring(),
            ElectorSettings.DEFAULTS,
            random.split());
    elector = Optional.of(made);
    return made;
  }

  /** The process ends, in whatever it is doing; what was not synced may be lost. */
  void kill(String why) {
    if (!isUp()) {
      return;
    }
    door = Optional.empty();
    elector = Optional.empty();
    hosts.clear();
    flushing.clear();
    traps.clear();
    pausedUntil = 0;
    disk.crash();
    state.crash();
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
    disk = newDisk(Standing.Kind.FRESH);
    state = new State(this, random.split());
    spoiled = true;
    world.observer().wiped(this);
  }

  /** The dead replica's disk loses some of what was synced, if it has voted; it will know. */
  void damage(int slots) {
    if (hasVoted()) {
      disk.damage(slots);
      spoiled = true;
      world.observer().damaged(this);
    }
  }

  /** The dead replica's disk is copied. */
  void backUp() {
    if (!isUp()) {
      backup = Optional.of(new Backup(disk.copy(), state.copy()));
      world.observer().backedUp(this);
    }
  }

  /** The dead replica gets its disk as it was backed up, if it was. */
  void putBack() {
    backup.ifPresent(
        old -> {
          disk = old.disk();
          state = old.state();
          spoiled = true;
          world.observer().putBack(this);
        });
    backup = Optional.empty();
  }

  // ---------------------------------------------------------------- steps

  /** In whole ms, as its clock shows them. */
  long clock() {
    return (world.timeline().now() * rate / 1_000 + offset) / 1_000;
  }

  private long period() {
    return plan.get(Knob.TICK) * 1_000_000 / rate;
  }

  void jump(long ms) {
    offset += ms * 1_000;
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
    disk.meets(Disk.Trouble.NONE);
    state.cutAtCommit(false);
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
    guarded(() -> door.ifPresent(this::tick));
    afterStep();
    world.timeline().in(period(), () -> tick(life));
  }

  private void tick(Door open) {
    open.gateway().tick(clock(), open.out());
    open.out().release();
  }

  void receive(Envelope<?> envelope) {
    if (!isUp()) {
      return;
    }
    if (pausedUntil > world.timeline().now()) {
      int life = incarnation;
      world.timeline().at(pausedUntil, () -> receiveLate(envelope, life));
      return;
    }
    Kind kind = Kind.of(envelope.message());
    if (springs(kind, envelope.message(), Where.BEFORE)) {
      crash(kind);
      return;
    }
    world.observer().received(this, envelope);
    guarded(() -> take(kind, envelope));
    afterStep();
    if (springs(kind, envelope.message(), Where.AFTER)) {
      crash(kind);
    }
  }

  /** What a replica says to itself dies with it. */
  private void receiveLate(Envelope<?> envelope, int life) {
    if (life == incarnation || !envelope.from().equals(self)) {
      receive(envelope);
    }
  }

  private boolean springs(Kind kind, Message message, Where where) {
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
      open().gateway().receive(new Envelope<>(envelope.from(), self, message), open().out());
      open().out().release();
    }
  }

  void write(Command command, Consumer<Outcome> then) {
    open().gateway().write(command, then);
    flushDoor();
  }

  void read(Query query, Consumer<Outcome> then) {
    open().gateway().read(query, then);
    flushDoor();
  }

  private void flushDoor() {
    open().gateway().flush(open().out());
    open().out().release();
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
    world.timeline().in(micros, () -> flush(kind, host));
  }

  private void flush(Kind kind, Host host) {
    if (hosts.get(kind) != host || !flushing.contains(kind)) {
      return;
    }
    if (hangs || pausedUntil > world.timeline().now()) {
      world.timeline().in(20_000, () -> flush(kind, host));
      return;
    }
    flushing.remove(kind);
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

  // ---------------------------------------------------------------- what the state tells

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
        self, isUp() ? "up" : "dead", disk.standing(), disk.promised(), state.applied());
  }
}
