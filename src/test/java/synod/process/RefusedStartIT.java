package synod.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.paxos.ReplicaId;
import synod.store.DataDirectory;
import synod.testing.FreePorts;

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
  void onTheDataOfAnotherCluster() {
    DataDirectory.open(directory.resolve("data"), owner("other", 1)).close();

    assertRefused(CANNOT_START, "belongs to the cluster other", freePorts());
  }

  @Test
  void onDataOfALaterFormatOrADamagedIdentity() throws IOException {
    DataDirectory.open(directory.resolve("data"), owner("synod", 1)).close();
    Path identity = directory.resolve("data/identity");
    String text = Files.readString(identity);

    Files.writeString(identity, text.replace("replica=1", "replica=2"));
    assertRefused(CANNOT_START, "identity is damaged", freePorts());

    Files.writeString(identity, withChecksum(text.replace("format=3", "format=4")));
    assertRefused(CANNOT_START, "has format 4", freePorts());

    Files.delete(identity);
    assertRefused(CANNOT_START, "no file named identity", freePorts());
  }

  @Test
  void onDataWithoutAWholeFence() throws IOException {
    DataDirectory.open(directory.resolve("data"), owner("synod", 1)).close();
    Files.delete(directory.resolve("data/fence.1"));
    Files.write(directory.resolve("data/fence.2"), new byte[100]);

    assertRefused(CANNOT_START, "no whole copy of its fence", freePorts());
  }

  @Test
  void onAJournalThatIsDamaged() throws IOException {
    DataDirectory.open(directory.resolve("data"), owner("synod", 1)).close();
    Files.writeString(directory.resolve("data/journal/CURRENT"), "no manifest\n");

    assertRefused(CANNOT_START, "cannot open ", freePorts());
  }

  private static String withChecksum(String text) {
    String lines = text.substring(0, text.indexOf("checksum="));
    CRC32C crc = new CRC32C();
    crc.update(lines.getBytes(StandardCharsets.ISO_8859_1));
    return lines + String.format("checksum=%08x%n", crc.getValue());
  }

  @Test
  void onADoorPortInUse() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();

      assertRefused(CANNOT_START, "" + port, List.of(freePorts().get(0), freePorts().get(1), port));
    }
  }

  @Test
  void onAnArteryPortInUse() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();

      assertRefused(CANNOT_START, "" + port, List.of(port, freePorts().get(1), freePorts().get(2)));
    }
  }

  @Test
  void onALinkPortInUse() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();

      assertRefused(CANNOT_START, "" + port, List.of(freePorts().get(0), port, freePorts().get(2)));
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
    return FreePorts.find(3);
  }

  private void assertRefused(int exitCode, String reason, List<Integer> ports, String... more) {
    Path conf = directory.resolve("synod.conf");
    Processes.write(
        conf,
        String.format(
            "replicas = [ { id = 1, host = 127.0.0.1, artery-port = %d, link-port = %d, door-port = %d } ]%n%s%n",
            ports.get(0), ports.get(1), ports.get(2), String.join("\n", more)));

    try (ReplicaProcess process = ReplicaProcess.start(conf, 1, directory.resolve("data"))) {
      assertEquals(exitCode, process.exitCode(), process::lastLines);
      String[] lines = process.lastLines().strip().split("\n", -1);
      String last = lines[lines.length - 1];
      assertTrue(last.contains("synod: ") && last.contains(reason), process::lastLines);
    }
  }
}
