package synod.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import synod.replica.RoleName;

/** What operators ask of a door. */
final class WatchTest extends DoorFixture {

  private void openWatched(Watching watching) {
    door.close();
    door = Door.open(new DoorSettings("127.0.0.1", 0, limits(), watching), loop, replica);
  }

  @Test
  void infoCountsCallsErrorsAndWhatWasThere() throws IOException {
    try (RawClient client = new RawClient(door)) {
      for (String line :
          List.of("SET a 1", "GET a", "GET b", "GET", "INCR a", "FLY", "CLIENT ID")) {
        client.call(line.split(" ", -1)).reply();
      }

      String all = client.call("INFO", "all").reply();
      List.of(
              "\r\nkeyspace_hits:1\r\nkeyspace_misses:1\r\n",
              "\r\nloading:0\r\n",
              "\r\nblocked_clients:0\r\n",
              "\r\ncmdstat_client|id:calls=1,",
              "\r\nerrorstat_ERR:count=2\r\n",
              "\r\nlatency_percentiles_usec_get:p50=")
          .forEach(part -> assertTrue(all.contains(part), all));
      String figures = "(?s).*\r\ncmdstat_get:calls=2,usec=\\d+,usec_per_call=[0-9.]+,";
      assertTrue(all.matches(figures + "rejected_calls=1,failed_calls=0\r\n.*"), all);
      assertTrue(!client.call("INFO").reply().contains("cmdstat_"));
    }
  }

  /** Of those that redis_exporter turns into metrics, all that a replica has. */
  @Test
  void infoHasTheFieldsOfWhichExportersMakeMetrics() throws IOException {
    try (RawClient client = new RawClient(door)) {
      client.call("SET", "a", "1").reply();
      client.call("FLY").reply();

      String all = "\r\n" + client.call("INFO", "ALL").reply();

      String number = ":[0-9]+\r\n";
      for (String field :
          List.of(
              "uptime_in_seconds",
              "process_id",
              "connected_clients",
              "maxclients",
              "blocked_clients",
              "used_memory",
              "maxmemory",
              "loading",
              "aof_enabled",
              "total_connections_received",
              "rejected_connections",
              "total_commands_processed",
              "instantaneous_ops_per_sec",
              "total_net_input_bytes",
              "total_net_output_bytes",
              "keyspace_hits",
              "keyspace_misses",
              "evicted_keys",
              "connected_slaves")) {
        assertTrue(all.matches("(?s).*\r\n" + field + number + ".*"), field + " in " + all);
      }
      for (String line :
          List.of(
              "redis_version:[0-9.]+",
              "redis_mode:standalone",
              "maxmemory_policy:noeviction",
              "aof_last_write_status:ok",
              "role:master",
              "cmdstat_set:calls=1,usec=\\d+,usec_per_call=[0-9.]+,rejected_calls=0,failed_calls=0",
              "latency_percentiles_usec_set:p50=\\d+,p99=\\d+,p99.9=\\d+",
              "errorstat_ERR:count=1")) {
        assertTrue(all.matches("(?s).*\r\n" + line + "\r\n.*"), line + " in " + all);
      }
    }
  }

  @Test
  void aSlowCommandIsKeptWithItsWordsAndClient() throws Exception {
    openWatched(new Watching(Duration.ofNanos(1), false));
    try (RawClient client = new RawClient(door)) {
      client.call("CLIENT", "SETNAME", "me").reply();
      client.call("SET", "k", "v".repeat(200)).reply();
      replica.hold();
      client.call("GET", "k");
      replica.awaitHeld(1);
      replica.releaseAll();
      client.reply();

      String newest = client.call("SLOWLOG", "GET", "1").reply();
      String entry = "\\[\\[:\\d+, :\\d{10}, :\\d+, \\[GET, k\\], 127.0.0.1:\\d+, me\\]\\]";
      assertTrue(newest.matches(entry), newest);
      String kept = "[SET, k, " + "v".repeat(128) + "... (72 more bytes)]";
      String all = client.call("SLOWLOG", "GET", "9").reply();
      assertTrue(all.contains(kept), all);
      assertEquals("+OK", client.call("SLOWLOG", "RESET").reply());
      assertTrue(client.call("LATENCY", "LATEST").reply().startsWith("[[command, :"));
      assertTrue(client.call("LATENCY", "DOCTOR").reply().contains("took longer than 0 ms"));
    }
  }

  @Test
  void aSlowSyncIsAnEventOfItsOwn() throws IOException {
    try (RawClient client = new RawClient(door)) {
      assertEquals("[]", client.call("LATENCY", "LATEST").reply());
      String none = client.call("LATENCY", "DOCTOR").reply();
      assertTrue(none.contains("No sync of this replica's disk took longer than 100 ms."), none);

      replica.chronicle().synced(RoleName.ACCEPTOR, 100_000_000);
      replica.chronicle().synced(RoleName.PROPOSER, 250_000_000);
      replica.chronicle().synced(RoleName.ACCEPTOR, 120_000_000);

      assertEquals("[[fsync, :7, :250, :250]]", client.call("LATENCY", "LATEST").reply());
      assertEquals("[[:7, :250]]", client.call("LATENCY", "HISTORY", "fsync").reply());
      assertEquals("[]", client.call("LATENCY", "HISTORY", "command").reply());
      String some = client.call("LATENCY", "DOCTOR").reply();
      assertTrue(some.contains("In 1 second a sync of this replica's disk took longer"), some);
      assertEquals(":0", client.call("LATENCY", "RESET", "command").reply());
      assertEquals(":1", client.call("LATENCY", "RESET", "command", "FSYNC").reply());
      assertEquals("[]", client.call("LATENCY", "LATEST").reply());
    }
  }

  @Test
  void monitorIsRefusedUnlessItIsAllowed() throws IOException {
    try (RawClient client = new RawClient(door)) {
      assertTrue(client.call("MONITOR").reply().startsWith("-ERR MONITOR is off"));
    }
  }

  @Test
  void monitorTellsEveryCommandInTheFormOfRedis() throws IOException {
    openWatched(new Watching(Duration.ofSeconds(9), true));
    try (RawClient monitor = new RawClient(door);
        RawClient client = new RawClient(door)) {
      assertEquals("+OK", monitor.call("MONITOR").reply());
      client.call("SET", "a", "x \"\u0001").reply();

      String line = monitor.reply();
      String form = "[+]\\d+[.]\\d{6} \\[0 127.0.0.1:\\d+\\] \"SET\" \"a\" \"x ";
      assertTrue(line.matches(form + "\\\\\"\\\\x01\""), line);
    }
  }

  /** A thousand lines wait for a slow reader: they must be short, whatever is written. */
  @Test
  void monitorShortensWhatIsLong() throws IOException {
    openWatched(new Watching(Duration.ofSeconds(9), true));
    try (RawClient monitor = new RawClient(door);
        RawClient client = new RawClient(door)) {
      monitor.call("MONITOR").reply();
      client.call("SET", "a", "x".repeat(100_000)).reply();

      String line = monitor.reply();
      assertTrue(line.endsWith("\"" + "x".repeat(128) + "... (99872 more bytes)\""), line);
    }
  }

  @Test
  void aClientIsListedAndKilledByItsId() throws IOException {
    try (RawClient one = new RawClient(door);
        RawClient other = new RawClient(door)) {
      String id = other.call("CLIENT", "ID").reply().substring(1);
      String line = one.call("CLIENT", "LIST", "ID", id).reply();
      assertTrue(line.startsWith("id=" + id + " addr=") && line.contains(" cmd=client "), line);

      assertEquals(":1", one.call("CLIENT", "KILL", "ID", id).reply());
      assertTrue(other.isClosedByDoor());
      assertEquals(":0", one.call("CLIENT", "KILL", "ID", "999").reply());
      assertEquals("-ERR No such client", one.call("CLIENT", "KILL", "1.2.3.4:5").reply());
    }
  }

  @Test
  void aTimeLiesInABucketThatIsNoWiderThanAnEighthOfIt() {
    for (long us = 1; us < 100_000_000; us += 1 + us / 7) {
      long highest = CommandTimes.highest(CommandTimes.bucket(us));
      assertTrue(highest >= us && highest - us <= us / 8, us + " in " + highest);
    }
  }
}
