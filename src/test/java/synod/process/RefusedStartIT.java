package synod.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.paxos.ReplicaId;
import synod.store.DataDirectory;

/** A replica that cannot start says why in a line, and its exit code says whose fault it is. */
class RefusedStartIT {
  private static final int BAD_SETTINGS = 2;
  private static final int CANNOT_START = 3;

  @TempDir Path directory = Path.of("");

  @Test
  void onTheDataOfAnotherReplica() {
    DataDirectory.open(directory.resolve("data"), owner("synod", 2)).close();

    assertRefused(
        CANNOT_START, "is the data directory of replica 2, this is replica 1", freePorts());
  }

  @Test
  void onDataThatIsInUse() {
    DataDirectory other = DataDirectory.open(directory.resolve("data"), owner("synod", 1));

    try (other) {
      assertRefused(CANNOT_START, "is in use: the replica runs already", freePorts());
    }
  }

  @Test
  void onADoorPortInUse() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();

      assertRefused(CANNOT_START, "" + port, List.of(freePorts().get(0), port));
    }
  }

  @Test
  void onAnArteryPortInUse() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();

      assertRefused(CANNOT_START, "" + port, List.of(port, freePorts().get(1)));
    }
  }

  @Test
  void onAWrongConfiguration() {
    assertRefused(BAD_SETTINGS, "heartbeet", freePorts(), "liveness { heartbeet = 1 s }");
  }

  @Test
  void withoutAConfiguration() {
    ReplicaProcess process = ReplicaProcess.start(directory.resolve("none.conf"), 1, directory);

    assertEquals(BAD_SETTINGS, process.exitCode(), process::lastLines);
    assertTrue(process.lastLines().contains("none.conf"), process::lastLines);
  }

  private static DataDirectory.Owner owner(String cluster, int replica) {
    return new DataDirectory.Owner(cluster, new ReplicaId(replica));
  }

  private static List<Integer> freePorts() {
    return Processes.freePorts(2);
  }

  private void assertRefused(int exitCode, String reason, List<Integer> ports, String... more) {
    Path conf = directory.resolve("synod.conf");
    Processes.write(
        conf,
        String.format(
            "replicas = [ { id = 1, host = 127.0.0.1, artery-port = %d, door-port = %d } ]%n%s%n",
            ports.get(0), ports.get(1), String.join("\n", more)));

    try (ReplicaProcess process = ReplicaProcess.start(conf, 1, directory.resolve("data"))) {
      assertEquals(exitCode, process.exitCode(), process::lastLines);
      String[] lines = process.lastLines().strip().split("\n", -1);
      String last = lines[lines.length - 1];
      assertTrue(last.contains("synod: ") && last.contains(reason), process::lastLines);
    }
  }
}
