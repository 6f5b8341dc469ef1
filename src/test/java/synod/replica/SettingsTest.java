package synod.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import synod.paxos.Quorums;
import synod.paxos.ReplicaId;

final class SettingsTest {
  private static final Path SHIPPED = Path.of("conf", "synod.conf");
  private static final String THREE =
      """
      replicas = [
        { id = 1, host = a, artery-port = 1, link-port = 3, door-port = 2 }
        { id = 2, host = b, artery-port = 1, link-port = 3, door-port = 2, priority = 7 }
        { id = 3, host = c, artery-port = 1, link-port = 3, door-port = 2 }
      ]
      """;

  @Test
  void theShippedFileIsGoodAndNamesTheReplicas() throws BadSettings {
    Settings settings = Settings.load(SHIPPED, Map.of());

    assertEquals(5, settings.replicas().size());
    assertEquals(7003, settings.member(new ReplicaId(3)).orElseThrow().doorPort());
    assertEquals(Optional.empty(), settings.member(new ReplicaId(6)));
    assertEquals(new Quorums(3, 3), settings.quorums());
  }

  @Test
  void theShippedFileSaysWhatTheDefaultsAre() throws BadSettings {
    Settings shipped = Settings.load(SHIPPED, Map.of());
    String text = shipped.describe();

    String replicas =
        shipped.replicas().stream()
            .map(
                m ->
                    "{ id = %s, host = %s, artery-port = %d, link-port = %d, door-port = %d }"
                        .formatted(m.id(), m.host(), m.arteryPort(), m.linkPort(), m.doorPort()))
            .toList()
            .toString();
    assertEquals(text, Settings.parse("replicas = " + replicas, Map.of()).describe());
  }

  @Test
  void theShippedFileLeavesNoKeyUnsaid() throws BadSettings, IOException {
    String text = Files.readString(SHIPPED);

    for (String key : Settings.load(SHIPPED, Map.of()).effective().keySet()) {
      String last = key.substring(key.lastIndexOf('.') + 1);
      assertTrue(text.contains(last), key);
    }
  }

  @Test
  void describesEveryKeyWithItsUnit() throws BadSettings {
    List<String> lines = Settings.load(SHIPPED, Map.of()).describe().lines().toList();

    assertTrue(lines.contains("liveness.heartbeat = 5000 ms"), lines::toString);
    assertTrue(lines.contains("gateway.command-timeout = 10 s"), lines::toString);
    assertTrue(lines.contains("proposer.max-batch = 64 KiB"), lines::toString);
    assertTrue(lines.contains("replicas[4].door-port = 7005"), lines::toString);
  }

  @Test
  void aPartOfTheKeysIsEnough() throws BadSettings {
    Settings settings =
        Settings.parse(THREE + "liveness.suspect = 1 second, door.max-value = 2 MiB", Map.of());

    assertEquals(Duration.ofSeconds(1), settings.liveness().suspect());
    assertEquals(2 << 20, settings.door().maxValue());
    assertEquals(new Quorums(2, 2), settings.quorums());
    assertEquals(7, settings.replicas().get(1).priority());
  }

  @Test
  void thereAreNoLeasesUnlessAskedFor() throws BadSettings {
    Settings.Reads unsaid = Settings.parse(THREE, Map.of()).reads();
    String given = THREE + "reads { lease = 300 ms, max-drift = 5% }";
    Settings.Reads said = Settings.parse(given, Map.of()).reads();

    assertEquals(new Settings.Reads(Duration.ZERO, 10), unsaid);
    assertEquals(new Settings.Reads(Duration.ofMillis(300), 5), said);
  }

  @Test
  void oneReplicaIsACluster() throws BadSettings {
    String one = "replicas = [{ id = 9, host = a, artery-port = 1, link-port = 3, door-port = 2 }]";

    assertEquals(new Quorums(1, 1), Settings.parse(one, Map.of()).quorums());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cluster = 'a b'             | cluster = \"a b\"; allowed: letters, digits, - and _",
        "cluster = null              | cluster = null; allowed",
        "liveness.tick = 25          | liveness.tick = 25; allowed: a time from 1 ms to 1 s",
        "liveness.tick = 5 parsecs   | liveness.tick = \"5 parsecs\"; allowed: a time",
        "liveness.tick = [1 ms]      | liveness.tick = [\"1 ms\"]; allowed: a time",
        "liveness.heartbeat = 1 ms   | liveness.heartbeat = \"1 ms\"; allowed: a time from 5 ms",
        "ring { hop = 1 ms }         | ring.hop is no key; allowed: one of ring.hop-timeout, ring.ping",
        "link.hop = 1 ms             | link.hop is no key; allowed: one of cluster, quorums.phase1",
        "liveness = 3                | liveness is no key",
        "liveness.tack = 1 ms        | liveness.tack is no key; allowed: one of",
        "proposer.window = 0         | proposer.window = 0; allowed: a whole number from 1 to 128",
        "proposer.window = 1.5       | proposer.window = 1.5; allowed",
        "proposer.max-batch = 65536  | proposer.max-batch = 65536; allowed: a size from 1 KiB",
        "door.max-key = 1 TiB        | door.max-key = \"1 TiB\"; allowed: a size from 1 B to 64 KiB",
        "store.sync = maybe          | store.sync = \"maybe\"; allowed: true or false",
        "quorums.phase1 = 4          | quorums.phase1 = 4; allowed: a whole number from 1 to 3",
        "quorums.phase1 = 1          | quorums.phase1 = 1 with quorums.phase2 = 2; allowed: together more",
        "liveness.suspect = 749 ms   | liveness.suspect = 749 ms with liveness.keep-alive = 250 ms",
        "liveness.heartbeat = 49 ms  | liveness.tick = 50 ms with liveness.heartbeat = 49 ms",
        "liveness.keep-alive = 49 ms | liveness.tick = 50 ms with liveness.keep-alive = 49 ms",
        "liveness.leader-timeout = 999 ms | no less than suspect",
        "liveness.leader-timeout = 1000 ms, proposer.retransmit = 501 ms | at least twice retransmit",
        "ring.ping-interval = 501 ms | ring.ping-interval = 501 ms with liveness.suspect = 1000 ms",
        "ring.hop-timeout = 1001 ms  | ring.hop-timeout = 1001 ms with liveness.suspect = 1000 ms",
        "reads.lease = 1000 ms       | reads.lease = 1000 ms with liveness.suspect = 1000 ms; allowed: less",
        "reads.lease = 400 ms, ring.takeover-time = 400 ms | reads.lease = 400 ms with ring.takeover",
        "reads.max-drift = 10        | reads.max-drift = 10; allowed: a whole number from 0 % to 90 %",
        "reads.max-drift = 91 %      | reads.max-drift = \"91 %\"; allowed: a whole number",
        "gateway.retry = 11 s        | gateway.retry = 11 s with gateway.command-timeout = 10 s",
        "door.max-value = 4 MiB      | door.max-in-flight = 4 MiB with door.max-value = 4 MiB",
        "gateway.max-pending = 1 MiB | gateway.max-pending = 1 MiB with door.max-value = 1 MiB",
        "proposer.max-waiting = 64 KiB | proposer.max-waiting = 64 KiB with door.max-value",
        "proposer.max-batch = 9 MiB  | links.max-message = 8 MiB with proposer.max-batch = 9 MiB",
        "links.max-message = 3 MiB   | links.max-message = 3 MiB with door.max-in-flight = 4 MiB",
        "proposer.patience = 301 ms  | proposer.patience = 301 ms with proposer.retransmit = 300 ms",
      })
  void refusesAndSaysWhatIsAllowed(String line, String message) {
    BadSettings bad =
        assertThrows(
            BadSettings.class, () -> Settings.parse(THREE + line.replace('\'', '"'), Map.of()));

    assertTrue(String.valueOf(bad.getMessage()).contains(message), bad::getMessage);
    assertEquals(1, bad.getMessage().lines().count(), bad::getMessage);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]                                  | replicas = []; allowed: a list of at least one",
        "7                                   | replicas = 7; allowed: a list of at least one",
        "[7]                                 | replicas[0] = 7; allowed: { id, host,",
        "[{ id = 1, host = a, artery-port = 1, link-port = 3 }]  | replicas[0].door-port is missing; allowed: a whole",
        "[{ id = 0, host = a, artery-port = 1, link-port = 3, door-port = 2 }] | replicas[0].id = 0; allowed",
        "[{ id = 1, host = a, artery-port = 1, link-port = 3, door-port = 65536 }] | replicas[0].door-port = 65536",
        "[{ id = 1, host = a, artery-port = 1, link-port = 3, door-port = 1 }] | replicas[0].door-port = 1 is taken",
        "[{ id = 1, host = 'a b', artery-port = 1, link-port = 3, door-port = 2 }] | replicas[0].host = \"a b\"",
        "[{ id = 1, hots = a, host = a, artery-port = 1, link-port = 3, door-port = 2 }] | replicas[0].hots is no key",
        "[${one}, ${one}]                    | replicas[1].id = 1 is taken; allowed: an id",
      })
  void refusesReplicasThatCannotBe(String replicas, String message) {
    String one = "one = { id = 1, host = a, artery-port = 1, link-port = 3, door-port = 2 }\n";
    String text = one + "replicas = " + replicas.replace('\'', '"');

    BadSettings bad = assertThrows(BadSettings.class, () -> Settings.parse(text, Map.of()));

    assertTrue(String.valueOf(bad.getMessage()).contains(message), bad::getMessage);
  }

  @Test
  void namesEveryProblemAtOnceWithFileAndLine(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("my.conf");
    Files.writeString(file, "cluster = ''\nliveness {\n  tick = 3\n}\n");

    BadSettings bad = assertThrows(BadSettings.class, () -> Settings.load(file, Map.of()));

    List<String> lines = bad.getMessage().lines().toList();
    assertEquals(3, lines.size(), bad::getMessage);
    assertTrue(lines.get(0).startsWith(file + ":1: cluster = "), bad::getMessage);
    assertTrue(lines.get(1).startsWith(file + ": replicas is missing"), bad::getMessage);
    assertTrue(lines.get(2).startsWith(file + ":3: liveness.tick = 3"), bad::getMessage);
  }

  @Test
  void aFileThatIsNotThereOrDoesNotParseIsNamed(@TempDir Path directory) throws IOException {
    Path missing = directory.resolve("missing.conf");
    Path broken = Files.writeString(directory.resolve("broken.conf"), "replicas = [");

    for (Path file : List.of(missing, broken)) {
      BadSettings bad = assertThrows(BadSettings.class, () -> Settings.load(file, Map.of()));
      assertTrue(bad.getMessage().contains(file.toString()), bad::getMessage);
    }
  }

  @Test
  void theEnvironmentChoosesAnotherFile(@TempDir Path directory) throws Exception {
    Path other = Files.writeString(directory.resolve("other.conf"), "cluster = other\n" + THREE);

    assertEquals("other", Settings.load(SHIPPED, Map.of("SYNOD_CONF", other.toString())).cluster());
  }

  @Test
  void dataLiesWhereTheEnvironmentOrTheFileSays(@TempDir Path directory) throws Exception {
    ReplicaId two = new ReplicaId(2);
    Path file = Files.writeString(directory.resolve("s.conf"), THREE + "store.data = here");

    assertEquals(Path.of("run/data/2"), Settings.parse(THREE, Map.of()).dataOf(two));
    assertEquals(
        Path.of("/r/data/2"), Settings.parse(THREE, Map.of("SYNOD_RUN", "/r")).dataOf(two));
    assertEquals(directory.resolve("here/2"), Settings.load(file, Map.of()).dataOf(two));
    assertEquals(Path.of("/mine"), Settings.load(file, Map.of("SYNOD_DATA", "/mine")).dataOf(two));
  }

  @Test
  void theLauncherHearsOfTheDataDirectoryAndOfEachReplica() throws BadSettings {
    assertEquals(
        "data run/data\nreplica 1 a 1 3 2\nreplica 2 b 1 3 2\nreplica 3 c 1 3 2",
        PrintSettings.brief(Settings.parse(THREE, Map.of())));
  }
}
