package synod.replica;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
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
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import synod.kv.Answer;
import synod.kv.Command;
import synod.kv.Machine;
import synod.kv.Outcome;
import synod.kv.Query;
import synod.memory.MemoryJournal;
import synod.memory.MemoryState;
import synod.paxos.Bytes;
import synod.paxos.Network;
import synod.paxos.ReplicaId;

/**
 * Replicas as ActorSystems of one JVM, with real Artery links on the loopback interface that a test
 * cuts and heals, and with disks in memory that outlive a kill.
 */
final class TestCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Settings settings;
  private final Hooks hooks;
  private final Map<Integer, Disk> disks = new TreeMap<>();
  private final Map<Integer, RunningReplica> running = new TreeMap<>();
  private final Set<String> cut = ConcurrentHashMap.newKeySet();
  private final Map<Integer, String> fatal = new ConcurrentHashMap<>();

  private TestCluster(int size, String configuration, Hooks hooks) {
    this.settings = settings(size, configuration);
    this.hooks = hooks;
    IntStream.rangeClosed(1, size).forEach(id -> disks.put(id, new Disk()));
  }

  /** What a test puts between an actor and its role, per replica. */
  interface Hooks {
    Wiring.Hooks of(int replica);
  }

  private static final class Disk {
    final MemoryJournal journal = new MemoryJournal();
    final MemoryState state = new MemoryState();
    long incarnation;
  }

  static TestCluster ofFive() {
    return of(5, replica -> Wiring.Hooks.none());
  }

  static TestCluster of(int size, Hooks hooks) {
    return started(new TestCluster(size, "", hooks));
  }

  /** With these lines of configuration too. */
  static TestCluster ofFive(String configuration) {
    return started(new TestCluster(5, configuration, replica -> Wiring.Hooks.none()));
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

  private static Settings settings(int size, String configuration) {
    List<Integer> ports = freePorts(2 * size);
    StringBuilder hocon = new StringBuilder("cluster = test\nreplicas = [\n");
    for (int i = 0; i < size; i++) {
      hocon
          .append("{ id = ")
          .append(i + 1)
          .append(", host = 127.0.0.1, artery-port = ")
          .append(ports.get(2 * i))
          .append(", door-port = ")
          .append(ports.get(2 * i + 1))
          .append(" }\n");
    }
    try {
      return Settings.parse(hocon.append("]\n").append(configuration).toString(), Map.of());
    } catch (BadSettings e) {
      throw new AssertionError(e);
    }
  }

  private static List<Integer> freePorts(int count) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
      for (ServerSocket socket : sockets) {
        socket.close();
      }
      return ports;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  void start(int id) {
    Disk disk = disk(id);
    disk.incarnation++;
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
    running.put(id, RunningReplica.start(wiring, () -> {}));
  }

  private Wiring.Hooks hooksOf(int id) {
    Wiring.Hooks own = hooks.of(id);
    return new Wiring.Hooks() {
      @Override
      public Network network(Network links) {
        Network behind = own.network(links);
        return envelope -> {
          if (!cut.contains(link(envelope.from().number(), envelope.to().number()))) {
            behind.send(envelope);
          }
        };
      }

      @Override
      public <M extends synod.paxos.Message> synod.paxos.Role<M> role(
          RoleName name, synod.paxos.Role<M> role) {
        return own.role(name, role);
      }
    };
  }

  /** Ends the ActorSystem; what was synced stays. */
  void kill(int id) {
    replica(id).close();
    running.remove(id);
    disk(id).journal.crash();
  }

  Collection<Integer> alive() {
    return List.copyOf(running.keySet());
  }

  RunningReplica replica(int id) {
    return Objects.requireNonNull(running.get(id), () -> "replica " + id + " does not run");
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
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + PATIENCE + ": " + what);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
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

  @Override
  public void close() {
    running.values().forEach(RunningReplica::close);
    running.clear();
  }
}
