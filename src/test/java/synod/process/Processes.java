package synod.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Five replicas as JVM processes of the packaged jar, on free ports, in a directory of the test.
 */
final class Processes implements AutoCloseable {
  static final ProtocolCommand SYNOD = () -> "SYNOD".getBytes(StandardCharsets.UTF_8);
  static final List<Integer> ALL = List.of(1, 2, 3, 4, 5);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path directory;
  private final Path home = Path.of(System.getProperty("synod.home", "."));
  private final List<Integer> ports = freePorts(10);
  private final TreeMap<Integer, Process> running = new TreeMap<>();

  Processes(Path directory) {
    this.directory = directory;
    write(configuration(), conf(ports));
    Runtime.getRuntime().addShutdownHook(new Thread(this::killAll));
  }

  private static String conf(List<Integer> ports) {
    StringBuilder conf = new StringBuilder("cluster = it\nreplicas = [\n");
    for (int id : ALL) {
      conf.append(
          String.format(
              "{ id = %d, host = 127.0.0.1, artery-port = %d, door-port = %d }%n",
              id, ports.get(id - 1), ports.get(id + 4)));
    }
    return conf.append("]\n").toString();
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
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path configuration() {
    return directory.resolve("synod.conf");
  }

  Path data(int id) {
    return directory.resolve("data-" + id);
  }

  int doorPort(int id) {
    return ports.get(id + 4);
  }

  // ---------------------------------------------------------------- processes

  void startAll() {
    ALL.forEach(this::start);
  }

  void start(int id) {
    running.put(id, launch(id, configuration(), data(id)));
  }

  /** A replica that is not one of the five: to be watched as it refuses to start. */
  Process launch(int id, Path configuration, Path data) {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-Dlogback.configurationFile=" + home.resolve("conf/logback.xml"),
            "-Dsynod.logs=" + directory.resolve("logs"),
            "-Dsynod.id=" + id,
            "-cp",
            home.resolve("target/synod.jar") + ":" + home.resolve("target/lib") + "/*",
            "synod.Main",
            configuration.toString(),
            Integer.toString(id));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output(id).toFile()));
    builder.environment().put("SYNOD_DATA", data.toString());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path output(int id) {
    return directory.resolve("replica-" + id + ".out");
  }

  /** What the replica printed last. */
  String lastLines(int id) {
    try {
      List<String> lines = Files.readAllLines(output(id));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    } catch (IOException e) {
      return "no output of replica " + id + ": " + e;
    }
  }

  private Process process(int id) {
    return Objects.requireNonNull(running.get(id), () -> "replica " + id + " was not started");
  }

  /** SIGKILL. */
  void kill(int id) {
    process(id).destroyForcibly();
    awaitEnd(process(id));
  }

  /** SIGKILL to all before any has ended. */
  void killAll() {
    running.values().forEach(Process::destroyForcibly);
    running.values().forEach(Processes::awaitEnd);
  }

  /** SIGTERM; returns the exit code. */
  int terminate(int id) {
    process(id).destroy();
    return awaitEnd(process(id));
  }

  static int awaitEnd(Process process) {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("process " + process.pid() + " does not end");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** STOP or CONT. */
  void signal(int id, String signal) {
    try {
      String pid = Long.toString(process(id).pid());
      awaitEnd(new ProcessBuilder("kill", "-" + signal, pid).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ---------------------------------------------------------------- doors

  Jedis door(int id) {
    return new Jedis("127.0.0.1", doorPort(id), 15_000);
  }

  Optional<Integer> leader(int asked) {
    try (Jedis door = door(asked)) {
      return Optional.ofNullable(door.sendCommand(SYNOD, "LEADER"))
          .map(id -> Math.toIntExact((Long) id));
    } catch (JedisException e) {
      return Optional.empty();
    }
  }

  /** Waits until these name one and the same leader, which is one of them. */
  int awaitLeader(List<Integer> among) {
    Integer[] found = new Integer[1];
    awaitUntil(
        "one leader among " + among,
        () -> {
          List<Optional<Integer>> leaders = among.stream().map(this::leader).distinct().toList();
          found[0] = leaders.size() == 1 ? leaders.get(0).orElse(0) : 0;
          return among.contains(found[0]);
        });
    return found[0];
  }

  Map<String, String> status(int id) {
    try (Jedis door = door(id)) {
      List<?> fields = (List<?>) door.sendCommand(SYNOD, "STATUS");
      Map<String, String> status = new TreeMap<>();
      IntStream.range(0, fields.size() / 2)
          .forEach(i -> status.put(text(fields.get(2 * i)), text(fields.get(2 * i + 1))));
      return status;
    }
  }

  private static String text(Object bulk) {
    return bulk instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : String.valueOf(bulk);
  }

  void awaitEqualStores() {
    awaitUntil("equal stores", () -> ALL.stream().map(this::store).distinct().count() == 1);
  }

  private String store(int id) {
    Map<String, String> s = status(id);
    return s.get("applied") + " " + s.get("chain") + " " + s.get("keys") + " " + s.get("digest");
  }

  static void awaitUntil(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + PATIENCE + ": " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  @Override
  public void close() {
    killAll();
  }
}
