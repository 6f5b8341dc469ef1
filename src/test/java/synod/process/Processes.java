package synod.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import synod.door.StatusFields;
import synod.paxos.ReplicaId;
import synod.replica.RoleName;
import synod.replica.Status;
import synod.testing.FreePorts;

/** Five replicas as five processes. None outlives this, nor the process that runs the tests. */
final class Processes implements AutoCloseable {
  static final List<Integer> ALL = List.of(1, 2, 3, 4, 5);
  private static final int STARTS = 3;
  private static final int PATIENCE_MS = 30_000;

  private final Map<Integer, ReplicaProcess> running = new ConcurrentSkipListMap<>();
  private final Map<Integer, Path> elsewhere = new ConcurrentSkipListMap<>();
  private final Thread lastResort = new Thread(this::killAll, "kill-replicas");
  private final String[] options;
  private Path directory = Path.of("");
  private List<Integer> ports = List.of();
  private String settings = "";
  private List<Integer> first = ALL;

  /** With options for each JVM. */
  Processes(String... options) {
    this.options = options.length == 0 ? new String[] {"-Xmx192m"} : options;
  }

  /** Starts all five on free ports, and waits until each of them knows a leader. */
  void startIn(Path home) {
    startIn(home, "");
  }

  /** As above, with more lines of configuration. */
  void startIn(Path home, String more) {
    startIn(home, more, ALL);
  }

  /** As above, but that only some of them are started. */
  void startIn(Path home, String more, List<Integer> some) {
    directory = home;
    settings = more;
    first = some;
    Runtime.getRuntime().addShutdownHook(lastResort);
    startAllAnew();
  }

  /** A port that was free may be another's when its replica comes to bind it: then on others. */
  private void startAllAnew() {
    for (int attempt = 1; attempt <= STARTS; attempt++) {
      ports = FreePorts.find(3 * ALL.size());
      write(conf(), configuration());
      first.forEach(this::start);
      Await.until(
          "all serve, or one gives up",
          () -> first.stream().allMatch(this::serves) || !allLive(),
          this::lastLines);
      if (allLive()) {
        return;
      }
      System.out.println("five replicas do not start, once more:\n" + lastLines());
      killAllAtOnce();
    }
    throw new AssertionError("five replicas do not start\n" + lastLines());
  }

  private boolean allLive() {
    return running.values().stream().allMatch(ReplicaProcess::isAlive);
  }

  private String configuration() {
    return ALL.stream()
        .map(
            id ->
                String.format(
                    "  { id = %d, host = 127.0.0.1, artery-port = %d, link-port = %d, door-port = %d }",
                    id, ports.get(3 * id - 3), ports.get(3 * id - 2), doorPort(id)))
        .collect(Collectors.joining("\n", "replicas = [\n", "\n]\n" + settings));
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path conf() {
    return directory.resolve("synod.conf");
  }

  /** Where run-cluster.sh would keep what it knows of these processes. */
  Path run() {
    return ReplicaProcess.run(conf());
  }

  /** Has it keep its data there, from its next start on. */
  void keep(int id, Path data) {
    elsewhere.put(id, data);
  }

  Path data(int id) {
    return elsewhere.getOrDefault(id, directory.resolve("data-" + id));
  }

  int doorPort(int id) {
    return ports.get(3 * id - 1);
  }

  /** The lines with this text that its present process has written. */
  List<String> told(int id, String text) {
    return process(id).output().stream().filter(line -> line.contains(text)).toList();
  }

  ReplicaProcess process(int id) {
    return Optional.ofNullable(running.get(id)).orElseThrow();
  }

  void start(int id) {
    running.put(id, ReplicaProcess.start(conf(), id, data(id), options));
  }

  /** All at once, as far as one process after the other can be. */
  void killAllAtOnce() {
    running.values().forEach(ReplicaProcess::close);
    running.values().forEach(ReplicaProcess::exitCode);
  }

  Jedis connect(int id) {
    return new Jedis("127.0.0.1", doorPort(id), PATIENCE_MS);
  }

  String set(int id, String key, String value) {
    try (Jedis jedis = connect(id)) {
      return jedis.set(key, value);
    }
  }

  Optional<String> get(int id, String key) {
    try (Jedis jedis = connect(id)) {
      return Optional.ofNullable(jedis.get(key));
    }
  }

  /** {@code SYNOD words...} at that replica. */
  Object synod(int id, String... words) {
    try (Jedis jedis = connect(id)) {
      return jedis.sendCommand(() -> "SYNOD".getBytes(UTF_8), words);
    }
  }

  Status status(int id) {
    Map<String, String> fields = new LinkedHashMap<>();
    Iterator<?> answer = ((List<?>) synod(id, "STATUS")).iterator();
    while (answer.hasNext()) {
      fields.put(text(answer.next()), text(answer.next()));
    }
    return StatusFields.parse(fields);
  }

  private static String text(Object bytes) {
    return new String((byte[]) bytes, UTF_8);
  }

  int restarts(int id, RoleName role) {
    return status(id).roles().stream()
        .filter(each -> each.name() == role)
        .mapToInt(Status.Role::restarts)
        .sum();
  }

  /** Whether its door is open and it knows who leads. */
  boolean serves(int id) {
    try {
      return status(id).leader().isPresent();
    } catch (JedisException notYet) {
      return false;
    }
  }

  void awaitServing(int id) {
    Await.until(
        "replica " + id + " serves", () -> serves(id) || !process(id).isAlive(), this::lastLines);
    if (!process(id).isAlive()) {
      throw new AssertionError("replica " + id + " has ended\n" + lastLines());
    }
  }

  /** The one that all of these take for the leader, and that is among them. */
  int awaitLeader(List<Integer> among) {
    int[] leader = new int[1];
    Await.until(
        among + " have one leader",
        () -> {
          List<Optional<ReplicaId>> said =
              among.stream().map(id -> status(id).leader()).distinct().toList();
          leader[0] = said.get(0).map(ReplicaId::number).orElse(0);
          return said.size() == 1 && among.contains(leader[0]);
        },
        this::lastLines);
    return leader[0];
  }

  String lastLines() {
    return running.values().stream()
        .map(ReplicaProcess::lastLines)
        .collect(Collectors.joining("\n"));
  }

  private void killAll() {
    running.values().forEach(ReplicaProcess::close);
  }

  @Override
  public void close() {
    killAllAtOnce();
    Runtime.getRuntime().removeShutdownHook(lastResort);
  }
}
