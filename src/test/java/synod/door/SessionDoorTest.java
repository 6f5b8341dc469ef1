package synod.door;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.SafeEncoder;
import synod.kv.Outcome;

/** Exactly once as a client asks for it. */
final class SessionDoorTest extends DoorFixture {
  private static final ProtocolCommand SYNOD = () -> SafeEncoder.encode("SYNOD");

  private RedisProtocol protocol = RedisProtocol.RESP2;
  private final List<Jedis> connections = new ArrayList<>();

  @AfterEach
  void closeAll() {
    connections.forEach(Jedis::close);
  }

  private Jedis connect() {
    var config = DefaultJedisClientConfig.builder().protocol(protocol).build();
    Jedis jedis = new Jedis(new HostAndPort("127.0.0.1", door.port()), config);
    connections.add(jedis);
    return jedis;
  }

  /** The answer in one line: integers as they are, nil as nil, what is in an array in brackets. */
  private static String synod(Jedis jedis, String line) {
    return shown(jedis.sendCommand(SYNOD, line.split(" ", -1)));
  }

  private static String shown(Object answer) {
    if (answer instanceof byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    if (answer instanceof List<?> items) {
      return items.stream().map(SessionDoorTest::shown).collect(Collectors.joining(", ", "[", "]"));
    }
    return answer instanceof JedisDataException error
        ? String.valueOf(error.getMessage())
        : String.valueOf(answer);
  }

  private static String error(Jedis jedis, String line) {
    JedisDataException error =
        assertThrows(JedisDataException.class, () -> synod(jedis, line), line);
    return String.valueOf(error.getMessage());
  }

  @ParameterizedTest
  @EnumSource(RedisProtocol.class)
  void aCommandIsDoneOnceOverWhateverConnection(RedisProtocol spoken) {
    protocol = spoken;
    Jedis first = connect();
    assertEquals("1", synod(first, "SESSION OPEN"));
    assertEquals("1", synod(first, "DO 1 INCR n"));
    assertEquals("OK", synod(first, "DO 2 SET k v"));
    assertEquals("null", synod(first, "DO 3 SET k w NX"));

    Jedis second = connect();
    assertEquals("1", synod(second, "DO 1 1 INCR n"));
    assertEquals("4", synod(second, "SESSION RESUME 1"));
    assertEquals("2", synod(second, "DO 4 INCR n"));
    assertEquals("OK", synod(second, "do 2 set k v"));

    assertEquals("2", second.get("n"));
    assertEquals("v", second.get("k"));
  }

  @ParameterizedTest
  @EnumSource(RedisProtocol.class)
  void anOutcomeIsDoneWithItsAnswerNotDoneOrExpired(RedisProtocol spoken) {
    protocol = spoken;
    Jedis jedis = connect();
    synod(jedis, "SESSION OPEN");
    synod(jedis, "DO 1 INCR n");
    synod(jedis, "DO 2 SET k v");
    synod(jedis, "DO 3 GETDEL k");
    assertTrue(error(jedis, "DO 4 INCRBY n x").startsWith("ERR "), "refused before it is sent");
    jedis.set("text", "v");
    error(jedis, "DO 5 INCR text");

    assertEquals("[done, 1]", synod(jedis, "OUTCOME 1 1"));
    assertEquals("[done, OK]", synod(jedis, "OUTCOME 1 2"));
    assertEquals("[done, v]", synod(jedis, "OUTCOME 1 3"));
    assertEquals("[not-done]", synod(jedis, "OUTCOME 1 4"));
    assertTrue(synod(jedis, "OUTCOME 1 5").startsWith("[done, ERR "));
    assertEquals("[expired]", synod(jedis, "OUTCOME 9 1"));
    assertTrue(error(jedis, "DO 4 INCR n").startsWith("NOTDONE "));
    assertEquals("1", jedis.get("n"));
  }

  /** In one go: the numbers behind OPEN belong to the session that it opens. */
  @Test
  void aPipelineThatBeginsWithOpenIsInTheSessionThatItOpens() {
    Jedis jedis = connect();
    var pipeline = jedis.pipelined();
    pipeline.sendCommand(SYNOD, "SESSION", "OPEN");
    pipeline.sendCommand(SYNOD, "DO", "1", "INCR", "n");
    pipeline.sendCommand(SYNOD, "DO", "1", "INCR", "n");
    pipeline.get("n");
    pipeline.sendCommand(SYNOD, "SESSION", "RESUME", "1");
    pipeline.sendCommand(SYNOD, "DO", "2", "INCR", "n");

    assertEquals("[1, 1, 1, 1, 2, 2]", shown(pipeline.syncAndReturnAll()));
  }

  @ParameterizedTest
  @CsvSource({
    "DO 1 GET k,                   ERR SYNOD DO is for commands that change the store",
    "DO 1 SYNOD DO 2 SET k v,      ERR SYNOD DO does a command of the store",
    "DO 1 SYNOD OUTCOME 1 1,       ERR SYNOD DO does a command of the store",
    "DO 1 SYNOD STATUS,            ERR SYNOD DO is for commands that change the store",
    "DO 1 NONSENSE k,              ERR unknown command 'NONSENSE'",
    "DO 1 SET k,                   ERR wrong number of arguments for 'set' command",
    "DO 0 INCR k,                  ERR a command's number is 1 to 2^53",
    "DO 9007199254740993 INCR k,   ERR a command's number is 1 to 2^53",
    "DO x INCR k,                  ERR value is not an integer or out of range",
    "DO 1,                         ERR wrong number of arguments for 'synod|do' command",
    "DO 1 5,                       ERR SYNOD DO [session] number [ACKED below] command...",
    "DO 1 5 ACKED 6 INCR k,        ERR a number that is not answered yet cannot be acknowledged",
    "DO 9 1 INCR k,                EXPIRED ",
    "DO -1 1 INCR k,               ERR value is not an integer or out of range",
    "SESSION RESUME 9,             EXPIRED ",
    "SESSION RESUME,               ERR SYNOD SESSION OPEN | RESUME id | CLOSE id",
    "SESSION NONSENSE 1,           ERR SYNOD SESSION OPEN | RESUME id | CLOSE id",
    "OUTCOME 1 0,                  ERR a command's number is 1 to 2^53",
    "OUTCOME 3298534883329 1,      BUSY ",
  })
  void whatMakesNoSenseIsToldSoAndHasNoEffect(String line, String says) {
    Jedis jedis = connect();
    synod(jedis, "SESSION OPEN");

    String error = error(jedis, line.strip());

    assertTrue(error.startsWith(says.strip()), error);
    assertEquals(0, jedis.dbSize());
  }

  @Test
  void aNumberNeedsASession() {
    Jedis jedis = connect();

    assertTrue(error(jedis, "DO 1 INCR n").startsWith("ERR no session on this connection"));

    synod(jedis, "SESSION OPEN");
    assertEquals("1", synod(jedis, "DO 1 INCR n"));
    synod(jedis, "SESSION CLOSE 1");
    assertTrue(error(jedis, "DO 2 INCR n").startsWith("EXPIRED "));
  }

  @Test
  void aSessionEndsByTheTimeOfTheLogAndNoMoreLiveThanMay() {
    Jedis jedis = connect();
    for (int i = 1; i <= replica.sessionLimits().most(); i++) {
      synod(jedis, "SESSION OPEN");
    }
    assertTrue(error(jedis, "SESSION OPEN").startsWith("BUSY "));
    synod(jedis, "DO 1 INCR n");

    replica.advance(replica.sessionLimits().timeMs() + 100);

    assertTrue(error(jedis, "DO 1 INCR n").startsWith("EXPIRED "));
    assertEquals("1", jedis.get("n"));
    synod(jedis, "SESSION OPEN");
  }

  @Test
  void whatIsAcknowledgedIsForgotten() {
    Jedis jedis = connect();
    synod(jedis, "SESSION OPEN");
    synod(jedis, "DO 1 INCR n");
    assertEquals("2", synod(jedis, "DO 2 ACKED 2 INCR n"));

    assertTrue(error(jedis, "DO 1 INCR n").startsWith("FORGOTTEN "));
    assertEquals("2", synod(jedis, "DO 1 2 ACKED 1 INCR n"));
    assertTrue(error(jedis, "DO 2 INCR other").startsWith("OTHERCOMMAND "));
    assertEquals("[expired]", synod(jedis, "OUTCOME 1 1"));
  }

  @Test
  void anUnknownOutcomeNamesTheClientsOwnSessionAndNumber() {
    Jedis jedis = connect();
    replica.endWith(new Outcome.Unknown(99, 7, "no answer in time"));

    assertEquals("UNKNOWN session=5 number=3 no answer in time", error(jedis, "DO 5 3 INCR n"));
    assertEquals(
        "UNKNOWN session=99 number=7 no answer in time",
        assertThrows(JedisDataException.class, () -> jedis.incr("n")).getMessage());
  }

  @Test
  void aCompareAndSetIsDoneOnceToo() {
    Jedis jedis = connect();
    synod(jedis, "SESSION OPEN");

    String version = synod(jedis, "DO 1 SYNOD CAS k 0 v");

    assertEquals(version, synod(jedis, "DO 1 SYNOD CAS k 0 v"));
    assertEquals("[done, " + version + "]", synod(jedis, "OUTCOME 1 1"));
    assertEquals("v", jedis.get("k"));
    assertNull(jedis.get("none"));
  }

  @Test
  void bytesOfWhateverKindGetThrough() {
    Jedis jedis = connect();
    byte[] bytes = {0, -1, 13, 10};
    synod(jedis, "SESSION OPEN");

    jedis.sendCommand(
        SYNOD,
        SafeEncoder.encode("DO"),
        SafeEncoder.encode("1"),
        SafeEncoder.encode("SET"),
        SafeEncoder.encode("k"),
        bytes);

    assertArrayEquals(bytes, jedis.get(SafeEncoder.encode("k")));
  }
}
