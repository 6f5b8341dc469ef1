package synod.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import synod.replica.LogLine;
import synod.trace.Entry;
import synod.trace.Fact;
import synod.trace.Lines;

final class DoorCommandsTest extends DoorFixture {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ping | +PONG",
        "PING hi | hi",
        "ECHO hi | hi",
        "SELECT 0 | +OK",
        "SELECT 1 | -ERR DB index is out of range",
        "HELLO 4 | -NOPROTO unsupported protocol version",
        "HELLO 3 AUTH u p | -ERR HELLO with AUTH called without any password configured for the"
            + " default user",
        "RESET | +RESET",
        "CLIENT SETNAME me | +OK",
        "CLIENT GETNAME | nil",
        "CLIENT SETINFO lib-name x | +OK",
        "CONFIG GET save | [save, ]",
        "CONFIG GET appendonly | [appendonly, yes]",
        "COMMAND INFO get no | [[get, :2, [+readonly], :1, :1, :1, [], [], [], []], nil]",
        "EXISTS a a | :0",
        "MGET a b | [nil, nil]",
        "DEL a | :0",
        "GET | -ERR wrong number of arguments for 'get' command",
        "MSET a b c | -ERR wrong number of arguments for 'mset' command",
        "FLY a b | -ERR unknown command 'FLY', with args beginning with: 'a' 'b'",
        "SYNOD LEADER | :1",
        "SYNOD ELECT | +OK",
        "SYNOD CRASH learner | +OK",
        "SYNOD CRASH cook | -ERR unknown role 'cook'. Try one of: proposer, acceptor, learner,"
            + " elector",
        "SYNOD CUT 1 | +OK",
        "SYNOD CUT 2 | -ERR '2' is no other replica. Try one of: 1",
        "SYNOD CUT x | -ERR 'x' is no other replica. Try one of: 1",
        "SYNOD HEAL 1 | +OK",
        "SYNOD HEAL 7 | -ERR '7' is no other replica. Try one of: 1",
        "SYNOD HEAL | +OK",
        "SYNOD HEAL 1 2 | -ERR SYNOD HEAL [replica] takes one replica, or none for all",
        "SYNOD EXPLAIN KEY nothing | [version, 0]",
        "SYNOD EXPLAIN SLOT 0 | -ERR a slot is 1 or more",
        "SYNOD EXPLAIN everything | -ERR SYNOD EXPLAIN takes SLOT n, LEADER or KEY key",
        "SYNOD HISTORY 0 | -ERR SYNOD HISTORY [count] takes a number of 1 or more",
        "SYNOD READMIT | -ERR nothing to readmit: the disk of replica 2 is ready, not quarantined",
        "SYNOD STALE SET a | -ERR SYNOD STALE GET key is all that may be stale",
        "SYNOD FLY | -ERR unknown subcommand 'FLY'. Try one of: audit, backup, cas, crash, cut,"
            + " do, elect, events, explain, hash, heal, help, history, leader, log, outcome, readmit, session, snapshot, stale,"
            + " status, trace, version",
        "SYNOD SNAPSHOT | :0",
        "SYNOD BACKUP /some/where | [slot, 0, keys, 7, digest, 50f5647d2380309d]",
        "SYNOD BACKUP /full | -ERR /full is not empty",
        "SYNOD BACKUP there | -ERR SYNOD BACKUP takes an absolute path on the machine of replica 2",
        "SYNOD LOG x | -ERR SYNOD LOG [from] [count] takes a slot and a number",
      })
  void answersAsRedisDoes(String line, String reply) throws IOException {
    try (RawClient client = new RawClient(door)) {
      String said = client.call(line.split(" ", -1)).reply();

      assertEquals(reply, said.stripTrailing());
      assertEquals("+PONG", client.call("PING").reply());
    }
  }

  @Test
  void leaderIsNilWhileNobodyLeads() throws IOException {
    replica.lead(Optional.empty());
    try (RawClient client = new RawClient(door)) {
      assertEquals("nil", client.call("SYNOD", "LEADER").reply());
    }
  }

  @Test
  void aLeaderIsExplainedWithTheQuorumsThatItNeeds() throws IOException {
    try (RawClient client = new RawClient(door)) {
      String said = client.call("SYNOD", "EXPLAIN", "LEADER").reply();

      assertTrue(said.contains(", quorums, 2 1, replicas, 1 2, reached, 1 2, "), said);
    }
  }

  @Test
  void speaksResp3AndBack() throws IOException {
    try (RawClient client = new RawClient(door)) {
      assertTrue(client.call("HELLO", "3").reply().startsWith("map[server, synod, version"));
      assertTrue(client.call("SYNOD", "STATUS").reply().startsWith("map[id, 2, leader, 1"));
      assertEquals("*1\r\n_\r\n", raw(client.call("MGET", "a"), 7));
      assertTrue(client.call("HELLO", "2").reply().startsWith("[server, synod"));
      assertEquals("*1\r\n$-1\r\n", raw(client.call("MGET", "a"), 9));
    }
  }

  private static String raw(RawClient client, int length) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append((char) client.read());
    }
    return text.toString();
  }

  @Test
  void infoHasTheSectionsOfRedisAndItsOwn() throws IOException {
    try (RawClient client = new RawClient(door)) {
      String all = client.call("INFO").reply();
      String one = client.call("INFO", "replication").reply();

      List.of("# Server\r\n", "# Clients\r\n", "# Replication\r\nrole:master\r\n", "# Paxos\r\n")
          .forEach(part -> assertTrue(all.contains(part), all));
      assertTrue(one.startsWith("# Replication\r\n") && !one.contains("# Server"), one);
    }
  }

  @Test
  void statusIsReadBackAsItWas() {
    Map<String, String> fields = new LinkedHashMap<>(StatusFields.of(replica.status()));
    fields.put("of_a_later_version", "x");

    assertEquals(replica.status(), StatusFields.parse(fields));
  }

  @Test
  void logTellsTheLastTwentySlotsOrThoseAskedFor() throws IOException {
    try (RawClient client = new RawClient(door)) {
      for (int i = 0; i < 30; i++) {
        client.call("SET", "k", "v").reply();
      }

      String last = client.call("SYNOD", "LOG").reply();
      assertTrue(last.startsWith("[11 1010 1 Put, ") && last.endsWith("30 1029 1 Put]"), last);
      assertEquals("[3 1002 1 Put, 4 1003 1 Put]", client.call("SYNOD", "LOG", "3", "2").reply());
      assertEquals(new LogLine(3, 1002, 1, "a b"), LogFields.parse("3 1002 1 a b"));
    }
  }

  @Test
  void eventsComeAsPushesInResp3AndAsStringsInResp2() throws IOException {
    try (RawClient three = new RawClient(door);
        RawClient two = new RawClient(door)) {
      three.call("HELLO", "3").reply();
      three.call("SYNOD", "EVENTS").reply();
      two.call("SYNOD", "EVENTS").reply();
      two.call("PING").reply();
      three.call("PING").reply();

      replica.emit("led 7.1");

      assertEquals("push[event, led 7.1]", three.reply());
      assertEquals("led 7.1", two.reply());
    }
  }

  @Test
  void dropsAndCountsEventsForASlowReader() throws IOException {
    try (RawClient slow = new RawClient(door);
        RawClient other = new RawClient(door)) {
      slow.call("SYNOD", "EVENTS").reply();
      slow.call("PING").reply();
      String event = "x".repeat(10_000);
      for (int i = 0; i < 5_000; i++) {
        replica.emit(event);
      }

      assertEquals("+PONG", other.call("PING").reply());
      long read = 0;
      String next = slow.reply();
      for (; next.equals(event); next = slow.reply()) {
        read++;
      }
      long dropped = Long.parseLong(next.split(" ", -1)[1]);
      assertTrue(next.startsWith("dropped ") && dropped > 0, next);
      assertTrue(read + dropped <= 5_000, read + " + " + dropped);
    }
  }

  @Test
  void aTraceComesLineByLineUntilItsClientLeaves() throws Exception {
    Entry entry = new Entry(2, 7, 1_000, new Fact.Synced("acceptor", 412));
    try (RawClient client = new RawClient(door)) {
      client.call("SYNOD", "TRACE").reply();
      client.call("PING").reply();

      replica.write(entry);

      assertEquals(entry, Lines.parse(client.reply()));
      client.call("RESET").reply();
      assertEquals(0, replica.tracers());
    }
  }

  @Test
  void howManyEntriesASlowReaderHasMissedIsTold() throws IOException {
    String text = "x".repeat(1_000);
    Entry entry = new Entry(2, 7, 1_000, new Fact.Happened("process", "Began", "", 0, text));
    try (RawClient slow = new RawClient(door)) {
      slow.call("SYNOD", "TRACE").reply();
      slow.call("PING").reply();
      for (int i = 0; i < 40_000; i++) {
        replica.write(entry);
      }

      long read = 0;
      String line = Lines.write(entry);
      String next = slow.reply();
      for (; next.equals(line); next = slow.reply()) {
        read++;
      }
      long dropped = Lines.dropped(next).orElseThrow();
      assertTrue(dropped > 0 && read + dropped <= 40_000, read + " + " + dropped);
    }
  }

  @Test
  void followsNoLongerAfterAReset() throws Exception {
    try (RawClient client = new RawClient(door)) {
      client.call("SYNOD", "EVENTS").reply();
      client.call("PING").reply();
      assertEquals(1, replica.listeners());
      client.call("RESET").reply();
      assertEquals(0, replica.listeners());
    }
  }

  @Test
  void tellsTheHashesOfAppliedSlots() throws IOException {
    try (RawClient client = new RawClient(door)) {
      for (String key : new String[] {"a", "b", "c"}) {
        client.call("SET", key, "1").reply();
      }

      String newest = client.call("SYNOD", "HASH").reply();
      String both = client.call("SYNOD", "HASH", "2", "9").reply();

      assertTrue(newest.matches("\\[3 [0-9a-f]{16} 3 [0-9a-f]{16}\\]"), newest);
      assertTrue(both.startsWith("[2 ") && both.endsWith(", " + newest.substring(1)), both);
      assertEquals(
          "-ERR SYNOD HASH [from] [count] takes a slot and a number",
          client.call("SYNOD", "HASH", "x").reply());
    }
  }

  @Test
  void tellsWhetherTheStoreIsWhatItsHashSays() throws IOException {
    try (RawClient client = new RawClient(door)) {
      assertTrue(client.call("SYNOD", "AUDIT").reply().startsWith("[sound, yes, told, 0 "));

      replica.rot();

      assertTrue(client.call("SYNOD", "AUDIT").reply().startsWith("[sound, no, told, 0 "));
    }
  }
}
