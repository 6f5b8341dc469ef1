package synod.world;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import synod.kv.Command;
import synod.kv.Gateway;
import synod.kv.Outcome;
import synod.kv.Query;
import synod.kv.SessionId;
import synod.paxos.Acceptor;
import synod.paxos.Envelope;
import synod.paxos.Learner;
import synod.paxos.Life;
import synod.paxos.Message;
import synod.paxos.Outbox;
import synod.paxos.Proposer;
import synod.paxos.ReplicaId;
import synod.paxos.Standing;
import synod.ring.Elector;

/** All roles of one replica and its gateway, the disk and the state under them, and its clock. */
final class WholeReplica {
  /** The roles that can crash alone. */
  enum Kind {
    ACCEPTOR,
    LEARNER,
    ELECTOR,
    PROPOSER
  }

  private final ReplicaId self;
  private final Sizing sizing;
  private final SplittableRandom random;
  private final World world;
  private Outbox.Owner owner;
  private Disk disk;
  private State state = new State();
  private final Map<Kind, Part<?>> parts = new EnumMap<>(Kind.class);
  private Optional<Elector> elector = Optional.empty();
  private Optional<Door> door = Optional.empty();
  private long rate = 1_000;
  private long thousandths = 1_000_000;
  private int lives;
  private int incarnation;

  /** The gateway is not restarted alone: it owns commands that nobody else knows. */
  private record Door(Gateway gateway, Outbox out, Part<Message.ToGateway> part) {}

  WholeReplica(ReplicaId self, Sizing sizing, SplittableRandom random, World world) {
    this.self = self;
    this.sizing = sizing;
    this.random = random;
    this.world = world;
    this.disk = newDisk();
    this.owner = owner();
  }

  private Disk newDisk() {
    Life life = new Life(1 + random.nextInt(Integer.MAX_VALUE), 1);
    return new Disk(life, held -> world.invariants().holds(self, held));
  }

  private Outbox.Owner owner() {
    return new Outbox.Owner(self, disk, world::send, event -> world.happened(self, event));
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

  /** Which life its proposer lives. */
  int proposerLife() {
    return lives;
  }

  /** Whom it takes for the leader; nobody if it is dead. */
  Optional<ReplicaId> leader() {
    return elector.flatMap(Elector::leader);
  }

  // ---------------------------------------------------------------- life and death

  void start() {
    if (incarnation > 0) {
      disk.reopen();
    }
    incarnation++;
    Gateway gateway =
        new Gateway(sizing.gateway(new SessionId(self, incarnation).value()), state::answer);
    Outbox out = Outbox.speaking(owner);
    door = Optional.of(new Door(gateway, out, new Part<>(Message.ToGateway.class, gateway, out)));
    for (Kind kind : Kind.values()) {
      begin(kind);
    }
    door.ifPresent(open -> open.part().start(clock()));
  }

  /** The role is built anew from what is on disk; what it had not said yet is lost. */
  void begin(Kind kind) {
    Part<?> part = make(kind);
    parts.put(kind, part);
    part.start(clock());
  }

  private Part<?> make(Kind kind) {
    return switch (kind) {
      case PROPOSER -> {
        lives++;
        yield new Part<>(
            Message.ToProposer.class,
            new Proposer(disk, sizing.proposer(), sizing.leases(this::clock)),
            Outbox.writing(owner));
      }
      case ACCEPTOR ->
          new Part<>(
              Message.ToAcceptor.class,
              new Acceptor(disk, sizing.acceptor(), sizing.leases(this::clock)),
              Outbox.writing(owner));
      case LEARNER ->
          new Part<>(
              Message.ToLearner.class,
              new Learner(disk, state, sizing.learner()),
              Outbox.speaking(owner));
      case ELECTOR -> {
        var origin = new Elector.Origin(self, disk.promised());
        Elector made = new Elector(origin, sizing.ring(), Sizing.ELECTION, random.split());
        elector = Optional.of(made);
        yield new Part<>(Message.ToElector.class, made, Outbox.speaking(owner));
      }
    };
  }

  /** A power cut: what was not synced is gone, and the state goes back by some slots. */
  void kill(int slots) {
    door = Optional.empty();
    elector = Optional.empty();
    parts.clear();
    disk.crash();
    state.lose(slots);
  }

  /** The dead replica gets an empty disk. */
  void wipe() {
    disk = newDisk();
    state = new State();
    owner = owner();
    world.invariants().wiped(self);
  }

  /** Its disk is a voter's, whatever it does at the moment. */
  boolean hasVoted() {
    return disk.standing().is(Standing.Kind.VOTING) || disk.standing().is(Standing.Kind.RETURNING);
  }

  boolean isInQuarantine() {
    return disk.standing().is(Standing.Kind.QUARANTINED);
  }

  boolean votes() {
    return isUp() && disk.standing().is(Standing.Kind.VOTING);
  }

  // ---------------------------------------------------------------- steps

  void receive(Envelope<?> envelope) {
    Message message = envelope.message();
    parts.values().stream()
        .filter(part -> part.takes(message))
        .findFirst()
        .or(() -> door.map(Door::part))
        .ifPresent(part -> part.receive(envelope));
  }

  /** Its clock shows that many thousandths of a ms when a ms has passed. */
  void keepTime(long perMs) {
    rate = perMs;
  }

  /** In whole ms, as a clock shows them. */
  long clock() {
    return thousandths / 1_000;
  }

  /** Time passes, and its roles do not know of it yet. */
  void pass(long ms) {
    thousandths += ms * rate;
  }

  void tick() {
    long now = clock();
    List.copyOf(parts.values()).forEach(part -> part.tick(now));
    door.ifPresent(open -> open.part().tick(now));
  }

  /** The disk has answered. */
  void flush() {
    parts.values().forEach(Part::flush);
  }

  void write(Command command, Consumer<Outcome> then) {
    door.ifPresent(
        open -> {
          open.gateway().write(command, then);
          open.gateway().flush(open.out());
          open.out().release();
        });
  }

  void read(Query query, Consumer<Outcome> then) {
    door.ifPresent(
        open -> {
          open.gateway().read(query, then);
          open.gateway().flush(open.out());
          open.out().release();
        });
  }
}
