package synod.replica;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import synod.kv.Answer;
import synod.kv.Command;
import synod.kv.Machine;
import synod.kv.Outcome;
import synod.kv.Query;
import synod.link.Loop;
import synod.memory.MemoryJournal;
import synod.memory.MemoryState;
import synod.paxos.Bytes;
import synod.paxos.Envelope;
import synod.paxos.Life;
import synod.paxos.Message;
import synod.paxos.Network;
import synod.paxos.ReplicaId;
import synod.paxos.Role;
import synod.paxos.Standing;

/**
 * Replicas as ActorSystems of one JVM, with real links on the loopback interface that a test cuts
 * and heals, and with disks in memory that outlive a kill.
 */
final class TestCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Settings settings;
  private final Hooks hooks;
  private final Map<Integer, Disk> disks = new TreeMap<>();
  private final Map<Integer, RunningReplica> running = new TreeMap<>();
  private final Set<String> cut = ConcurrentHashMap.newKeySet();
  private final Map<Integer, Network> sending = new ConcurrentHashMap<>();
  private final Map<Integer, Loop> loops = new TreeMap<>();
  private final Map<Integer, String> fatal = new ConcurrentHashMap<>();

  private TestCluster(int size, String configuration, Hooks hooks) {
    this.settings = TestSettings.of(size, configuration);
    this.hooks = hooks;
    IntStream.rangeClosed(1, size)
        .forEach(id -> disks.put(id, new Disk(new Life(1, 1), Standing.Kind.VOTING)));
  }

  /** What a test puts between an actor and its role, per replica. */
  interface Hooks {
    Wiring.Hooks of(int replica);
  }

  private static final class Disk {
    final MemoryJournal journal;
    final MemoryState state = new MemoryState();
    long incarnation;

    Disk(Life life, Standing.Kind standing) {
      journal = new MemoryJournal(life, Standing.of(standing));
    }
  }

  static TestCluster ofFive() {
    return of(5, replica -> Wiring.Hooks.none());
  }

  static TestCluster of(int size, Hooks hooks) {
    return started(new TestCluster(size, "", hooks));
  }

  static TestCluster ofFive(String configuration, Hooks hooks) {
    return started(new TestCluster(5, configuration, hooks));
  }

  /** With these lines of configuration too. */
  static TestCluster ofFive(String configuration) {
    return ofFive(configuration, replica -> Wiring.Hooks.none());
  }

  private static TestCluster started(TestCluster cluster) {
    for (int id : List.copyOf(cluster.disks.keySet())) {
      cluster.start(id);
    }
    return cluster;
  }

  private Disk disk(int id) {
    return Objects.requireNonNull(disks.get(id), () -> "no replica " + id);
  }

  void start(int id) {
    Disk disk = disk(id);
    if (disk.incarnation++ > 0) {
      disk.journal.reopen(disk.incarnation);
    }
    fatal.remove(id);
    Wiring wiring =
        new Wiring(
            new ReplicaId(id),
            settings,
            new Wiring.Memory(
                disk.journal,
                Machine.open(disk.state),
                disk.incarnation,
                new Cluster(0, stamped -> {})),
            hooksOf(id),
            why -> fatal.put(id, why));
    running.put(id, RunningReplica.start(wiring, loop(id), () -> {}));
  }

  private Loop loop(int id) {
    return loops.computeIfAbsent(id, any -> Loop.start("loop-" + id));
  }

  private Wiring.Hooks hooksOf(int id) {
    Wiring.Hooks own = hooks.of(id);
    return new Wiring.Hooks() {
      @Override
      public Network network(Network links) {
        Network behind = own.network(links);
        sending.put(id, behind);
        return envelope -> {
          if (!cut.contains(link(envelope.from().number(), envelope.to().number()))) {
            behind.send(envelope);
          }
        };
      }

      @Override
      public <M extends Message> Role<M> role(RoleName name, Role<M> role) {
        return own.role(name, role);
      }
    };
  }

  /** Ends the ActorSystem; what was synced stays. */
  void kill(int id) {
    replica(id).close();
    running.remove(id);
    disk(id).journal.crash();
    disk(id).state.mend();
  }

  /** Puts an empty disk in place of that of a killed replica. */
  void wipe(int id) {
    Disk old = disk(id);
    Disk empty = new Disk(new Life(old.journal.life().directory() + 1, 1), Standing.Kind.FRESH);
    empty.incarnation = old.incarnation;
    disks.put(id, empty);
  }

  MemoryState state(int id) {
    return disk(id).state;
  }

  MemoryJournal journal(int id) {
    return disk(id).journal;
  }

  Collection<Integer> alive() {
    return List.copyOf(running.keySet());
  }

  RunningReplica replica(int id) {
    return Objects.requireNonNull(running.get(id), () -> "replica " + id + " does not run");
  }

  /** Where the other replicas reach this one. */
  int arteryPort(int id) {
    return settings.replicas().get(id - 1).arteryPort();
  }

  Optional<String> fatal(int id) {
    return Optional.ofNullable(fatal.get(id));
  }

  // ---------------------------------------------------------------- links

  private static String link(int from, int to) {
    return from + ">" + to;
  }

  /** Nothing gets from the one to the other any more. */
  void cutOneWay(int from, int to) {
    cut.add(link(from, to));
  }

  /** Nothing passes between the two sides. */
  void split(List<Integer> one, List<Integer> other) {
    for (int a : one) {
      for (int b : other) {
        cutOneWay(a, b);
        cutOneWay(b, a);
      }
    }
  }

  void heal() {
    cut.clear();
  }

  /** A replica says something of its own accord, as a delayed message comes late. */
  void say(int from, int to, Message message) {
    Network links = Objects.requireNonNull(sending.get(from));
    links.send(new Envelope<>(new ReplicaId(from), new ReplicaId(to), message));
  }

  // ---------------------------------------------------------------- clients

  CompletableFuture<Outcome> putAsync(int through, String key, String value) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    List<Command.Entry> entry = List.of(new Command.Entry(Bytes.utf8(key), Bytes.utf8(value)));
    replica(through).write(new Command.Put(entry), outcome::complete);
    return outcome;
  }

  CompletableFuture<Outcome> getAsync(int through, String key) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    replica(through).read(new Query.Get(List.of(Bytes.utf8(key))), outcome::complete);
    return outcome;
  }

  void put(int through, String key, String value) {
    Outcome outcome = await(putAsync(through, key, value));
    if (!(outcome instanceof Outcome.Done)) {
      throw new AssertionError("put " + key + " through " + through + ": " + outcome);
    }
  }

  Optional<String> get(int through, String key) {
    Outcome outcome = await(getAsync(through, key));
    if (outcome instanceof Outcome.Done done && done.answer() instanceof Answer.Values values) {
      return values.values().get(0).map(Bytes::utf8);
    }
    throw new AssertionError("get " + key + " through " + through + ": " + outcome);
  }

  static <T> T await(CompletableFuture<T> future) {
    return future.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  // ---------------------------------------------------------------- waiting

  /** Waits until it holds; how long that takes is no matter of the test. */
  static void awaitUntil(String what, BooleanSupplier holds) {
    if (!waitFor(PATIENCE, holds)) {
      throw new AssertionError("not within " + PATIENCE + ": " + what);
    }
  }

  /** Waits until it holds, or for so long; returns whether it holds. */
  static boolean waitFor(Duration most, BooleanSupplier holds) {
    long end = System.nanoTime() + most.toNanos();
    boolean held = holds.getAsBoolean();
    while (!held && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      held = holds.getAsBoolean();
    }
    return held;
  }

  /** Waits until these replicas name one and the same leader, which is one of them. */
  int awaitLeader(Collection<Integer> among) {
    awaitUntil("one leader among " + among, () -> commonLeader(among).isPresent());
    return commonLeader(among).orElseThrow();
  }

  int awaitLeader() {
    return awaitLeader(alive());
  }

  private Optional<Integer> commonLeader(Collection<Integer> among) {
    List<Optional<ReplicaId>> leaders =
        among.stream().map(id -> replica(id).leader()).distinct().toList();
    return leaders.size() == 1
        ? leaders.get(0).map(ReplicaId::number).filter(among::contains)
        : Optional.empty();
  }

  /** Waits until all that live have applied the same, and checks that it is the same. */
  void awaitEqualStores() {
    awaitUntil("equal stores", () -> stores().distinct().count() == 1);
  }

  private java.util.stream.Stream<String> stores() {
    return running.values().stream()
        .map(RunningReplica::status)
        .map(s -> s.applied() + " " + s.chain() + " " + s.keys() + " " + s.digest());
  }

  int restarts(int id, RoleName role) {
    return replica(id).status().roles().stream()
        .filter(r -> r.name() == role)
        .mapToInt(Status.Role::restarts)
        .sum();
  }

  /** All at once: an ActorSystem takes its time. */
  @Override
  public void close() {
    CompletableFuture<?>[] closing =
        running.values().stream()
            .map(
                replica -> CompletableFuture.runAsync(replica::close, on -> new Thread(on).start()))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(closing).join();
    running.clear();
    loops.values().forEach(Loop::close);
  }
}
