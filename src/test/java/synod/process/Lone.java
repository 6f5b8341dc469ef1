package synod.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import synod.testing.FreePorts;

/** One replica alone, which is a quorum, with bounds and a heap of the test's. */
record Lone(Optional<ReplicaProcess> process, int port) implements AutoCloseable {
  static final Lone NONE = new Lone(Optional.empty(), 0);
  private static final int PATIENCE_MS = 60_000;

  static Lone start(Path directory, String settings, String... options) {
    List<Integer> ports = FreePorts.find(3);
    Path conf = directory.resolve("synod.conf");
    String replicas =
        String.format(
            "replicas = [ { id = 1, host = 127.0.0.1, artery-port = %d, link-port = %d, door-port = %d } ]%n",
            ports.get(0), ports.get(1), ports.get(2));
    Processes.write(conf, replicas + settings);
    Path data = directory.resolve("data");
    return new Lone(Optional.of(ReplicaProcess.start(conf, 1, data, options)), ports.get(2));
  }

  /** How many files a process may have open here. */
  static long openFiles() {
    try {
      Process shell = new ProcessBuilder("sh", "-c", "ulimit -n").start();
      String said = new String(shell.getInputStream().readAllBytes(), UTF_8).strip();
      return said.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Jedis connect() {
    return new Jedis("127.0.0.1", port, PATIENCE_MS);
  }

  boolean isAlive() {
    return process.filter(ReplicaProcess::isAlive).isPresent();
  }

  void awaitServing() {
    Await.until("the replica serves", () -> !isAlive() || serves(), this::lastLines);
    if (!isAlive()) {
      throw new AssertionError("the replica has ended\n" + lastLines());
    }
  }

  private boolean serves() {
    try (Jedis jedis = connect()) {
      return jedis.set("served", "1").equals("OK");
    } catch (JedisException notYet) {
      return false;
    }
  }

  /** A number out of INFO. */
  long info(String name) {
    try (Jedis jedis = connect()) {
      return jedis
          .info()
          .lines()
          .filter(line -> line.startsWith(name + ":"))
          .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1).strip()))
          .findFirst()
          .orElseThrow();
    }
  }

  String lastLines() {
    return process.map(ReplicaProcess::lastLines).orElse("");
  }

  @Override
  public void close() {
    process.ifPresent(ReplicaProcess::close);
  }
}
