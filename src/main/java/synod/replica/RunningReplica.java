package synod.replica;

import akka.actor.BootstrapSetup;
import akka.actor.setup.ActorSystemSetup;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import synod.kv.Answer;
import synod.kv.Audit;
import synod.kv.Command;
import synod.kv.Commands;
import synod.kv.Machine;
import synod.kv.Outcome;
import synod.kv.Query;
import synod.kv.SessionLimits;
import synod.kv.StateSummary;
import synod.link.LinkSettings;
import synod.link.Loop;
import synod.link.TcpNetwork;
import synod.paxos.Acceptance;
import synod.paxos.Batch;
import synod.paxos.Envelope;
import synod.paxos.Message;
import synod.paxos.ReplicaId;
import synod.store.Archive;
import synod.store.DataDirectory;
import synod.trace.Entry;

/** A replica in its own ActorSystem. It serves as soon as a quorum answers, cluster or not. */
public final class RunningReplica implements Replica, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningReplica.class);
  private static final int RESERVE_MEBIBYTES = 16;
  private static final int LOG_TEXT = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration JOIN_AFTER = Duration.ofSeconds(5);

  private final Wiring wiring;
  private final StatusBoard board;
  private final Chronicle chronicle;
  private final Events events;
  private final Tap tap;
  private final ActorSystem<Void> system;
  private final Roles roles;
  private final Auditor auditor;
  private final long startedAt = System.nanoTime();

  private final Links links;
  private final TcpNetwork network;
  private final Holder memory;
  private final Pulse pulse;

  /** Whether it was told to join Akka's cluster: not before it serves, which that would delay. */
  private boolean joined;

  private RunningReplica(Wiring wiring, Config akka, Loop loop, Holder memory) {
    this.wiring = wiring;
    this.memory = memory;
    this.board = new StatusBoard(wiring.self());
    this.chronicle =
        new Chronicle(
            wiring.settings().replicas().stream().map(Settings.Member::id).toList(),
            micros(),
            wiring.settings().door().slowlogSlowerThan());
    this.events = new Events(board, chronicle);
    this.tap = new Tap(wiring.self(), wiring.memory().incarnation());
    this.auditor = new Auditor(wiring.memory().machine(), wiring.fatal());
    this.links = new Links(wiring.self(), others(wiring), wiring.memory().cluster(), tap);
    this.network = TcpNetwork.open(linkSettings(wiring), new WireCodec(), loop, links);
    links.connectPeers(network);
    CompletableFuture<Roles> started = new CompletableFuture<>();
    Behavior<Void> guardian = Guardian.of(wiring, links, events, started::complete);
    ActorSystemSetup setup =
        ActorSystemSetup.create(BootstrapSetup.create(akka), new LoopExecutor.On(loop));
    this.system = ActorSystem.create(guardian, wiring.settings().cluster(), setup);
    this.roles = started.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    network.dial();
    this.pulse =
        new Pulse(
            Pulse.Timer.of(loop),
            Pulse.Pace.of(wiring.settings().liveness()),
            this::isUneasy,
            this::tick);
    links.connectPulse(pulse::stir);
    pulse.start();
    system.systemActorOf(
        Membership.watching(wiring.settings(), board), "synod-membership", Props.empty());
  }

  /** Since 1970 as of now, and from now on by the monotonic clock. */
  private static LongSupplier micros() {
    long begin = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
    long start = System.nanoTime();
    return () -> begin + TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
  }

  private void tick() {
    roles.tick();
    if (!joined && (board.leader().isPresent() || isLongUp())) {
      joined = true;
      Membership.join(system, wiring.settings());
    }
  }

  /** Whether nobody leads, or slots are open here that a quorum has not accepted yet. */
  private boolean isUneasy() {
    return board.leader().isEmpty() || board.openSlots() > 0;
  }

  private boolean isLongUp() {
    return System.nanoTime() - startedAt > JOIN_AFTER.toNanos();
  }

  private static Set<ReplicaId> others(Wiring wiring) {
    return wiring.settings().replicas().stream()
        .map(Settings.Member::id)
        .filter(id -> !id.equals(wiring.self()))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static LinkSettings linkSettings(Wiring wiring) {
    Settings settings = wiring.settings();
    return new LinkSettings(
        settings.cluster(),
        wiring.self(),
        settings.replicas().stream()
            .map(member -> new LinkSettings.Member(member.id(), member.host(), member.linkPort()))
            .toList(),
        Math.toIntExact(settings.links().maxQueue()),
        Math.toIntExact(settings.links().maxMessage()));
  }

  /** What holds the memory; closed once nobody uses it any more. */
  interface Holder {
    void close();

    /** Nothing if it is not on a disk. */
    default Optional<Archive> archive() {
      return Optional.empty();
    }
  }

  private record OnDisk(DataDirectory directory) implements Holder {
    @Override
    public Optional<Archive> archive() {
      return Optional.of(directory.archive());
    }

    @Override
    public void close() {
      directory.close();
    }
  }

  /**
   * Opens the replica's data directory and starts its actors.
   *
   * @param loop the thread for its sockets and roles; it outlives the replica
   * @param fatal hears why the replica cannot go on: the process has to end then
   */
  public static RunningReplica open(
      Settings settings, ReplicaId self, Loop loop, Consumer<String> fatal) {
    DataDirectory directory =
        DataDirectory.open(
            settings.dataOf(self),
            new DataDirectory.Owner(settings.cluster(), self),
            new DataDirectory.Manner(settings.store().sync(), RESERVE_MEBIBYTES, fatal));
    directory.notes().forEach(note -> LOG.warn("{}", note));
    try {
      Wiring.Memory memory =
          new Wiring.Memory(
              directory.journal(),
              Machine.open(directory.state()),
              directory.life().incarnation(),
              new Cluster(directory.clusterId().orElse(0), directory::found));
      Wiring wiring = new Wiring(self, settings, memory, Wiring.Hooks.none(), fatal);
      return start(wiring, loop, new OnDisk(directory));
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  static RunningReplica start(Wiring wiring, Loop loop, Holder memory) {
    Settings.Member self =
        wiring
            .settings()
            .member(wiring.self())
            .orElseThrow(() -> new IllegalArgumentException("not configured: " + wiring.self()));
    return new RunningReplica(wiring, AkkaSettings.of(wiring.settings(), self), loop, memory);
  }

  @Override
  public ReplicaId self() {
    return wiring.self();
  }

  @Override
  public void write(Command command, Consumer<Outcome> then) {
    pulse.stir();
    roles.gateway().tell(new Signal.Write(command, then));
  }

  @Override
  public void read(Query query, Consumer<Outcome> then) {
    pulse.stir();
    roles.gateway().tell(new Signal.Read(query, then));
  }

  @Override
  public SessionLimits sessionLimits() {
    return wiring.settings().sessions().limits();
  }

  @Override
  public Answer look(Query query) {
    return wiring.memory().machine().answer(query);
  }

  @Override
  public Optional<ReplicaId> leader() {
    return board.leader();
  }

  @Override
  public Status status() {
    StateSummary state = wiring.memory().machine().summary();
    return new Status(
        self(),
        board.leader(),
        board.ballot(),
        board.roles(),
        board.promised(),
        Math.max(board.chosen(), state.applied()),
        state.applied(),
        board.openSlots(),
        state.chain(),
        state.keys(),
        state.wholeDigest(),
        ring(),
        wiring.memory().incarnation(),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt),
        board.commands(),
        wiring.settings().quorums(),
        links.cuts().peers());
  }

  private List<Status.Peer> ring() {
    return wiring.settings().replicas().stream()
        .map(
            member ->
                new Status.Peer(
                    member.id(),
                    member.host(),
                    member.doorPort(),
                    board.reaches(member.id()),
                    board.member(member.id())))
        .toList();
  }

  @Override
  public List<LogLine> log(long from, int count) {
    List<LogLine> lines = new ArrayList<>();
    long applied = wiring.memory().machine().applied();
    long first = Math.max(from, wiring.memory().journal().truncated() + 1);
    for (long slot = first; slot <= applied && lines.size() < count; slot++) {
      long line = slot;
      chosenAt(slot).ifPresent(batch -> lines.add(line(line, batch)));
    }
    return lines;
  }

  @Override
  public Chronicle chronicle() {
    return chronicle;
  }

  @Override
  public Optional<Batch> applied(long slot) {
    boolean known =
        slot <= wiring.memory().machine().applied() && slot > wiring.memory().journal().truncated();
    return known ? chosenAt(slot) : Optional.empty();
  }

  private Optional<Batch> chosenAt(long slot) {
    return wiring
        .memory()
        .machine()
        .kept(slot)
        .or(() -> wiring.memory().journal().accepted(slot).map(Acceptance::batch));
  }

  private static LogLine line(long slot, Batch batch) {
    return new LogLine(
        slot,
        batch.time(),
        Commands.count(batch.commands()),
        Commands.text(batch.commands(), LOG_TEXT));
  }

  @Override
  public List<StateSummary> summaries(long from, int count) {
    return wiring.memory().machine().summaries(from, count);
  }

  @Override
  public void audit(Consumer<Audit> then) {
    auditor.audit(then);
  }

  @Override
  public void crash(RoleName role) {
    pulse.stir();
    roles.crash(role, "crashed on purpose");
  }

  @Override
  public void readmit() {
    pulse.stir();
    roles.acceptor().tell(new Envelope<>(self(), self(), new Message.Readmit()));
  }

  @Override
  public void cut(ReplicaId peer) {
    LOG.warn("cut off from replica {}: somebody asked for it", peer);
    links.cuts().cut(peer);
  }

  @Override
  public void heal(ReplicaId peer) {
    LOG.info("not cut off from replica {} any more", peer);
    links.cuts().heal(peer);
  }

  @Override
  public void healAll() {
    LOG.info("cut off from nobody any more");
    links.cuts().healAll();
  }

  @Override
  public void elect() {
    pulse.stir();
    roles.elector().tell(new Envelope<>(self(), self(), new Message.Elect()));
  }

  @Override
  public void snapshot(Consumer<Copied> then) {
    withArchive(archive -> archive.snapshot(state -> then.accept(new Copied.Done(state))), then);
  }

  @Override
  public void backup(Path to, Consumer<Copied> then) {
    withArchive(archive -> archive.backup(to, result -> then.accept(copied(result))), then);
  }

  private void withArchive(Consumer<Archive> use, Consumer<Copied> then) {
    memory
        .archive()
        .ifPresentOrElse(
            use, () -> then.accept(new Copied.Refused("this replica has no disk of its own")));
  }

  private static Copied copied(Archive.Result result) {
    return result instanceof Archive.Result.Done done
        ? new Copied.Done(done.state())
        : new Copied.Refused(((Archive.Result.Refused) result).why());
  }

  @Override
  public Subscription follow(Consumer<String> listener) {
    return events.follow(listener);
  }

  @Override
  public Subscription trace(Consumer<Entry> listener) {
    return tap.follow(listener);
  }

  /** Stops the actors, waits until they have, and then closes the memory. */
  @Override
  public void close() {
    pulse.stop();
    system.terminate();
    system
        .getWhenTerminated()
        .toCompletableFuture()
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
    network.close();
    auditor.close();
    memory.close();
  }
}
