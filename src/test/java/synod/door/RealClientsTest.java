package synod.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.args.ExpiryOption;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.SetParams;

/** Clients that were written for Redis work unchanged. */
final class RealClientsTest extends DoorFixture {

  @ParameterizedTest
  @EnumSource(RedisProtocol.class)
  void jedisWorksUnchanged(RedisProtocol protocol) {
    DefaultJedisClientConfig config =
        DefaultJedisClientConfig.builder().protocol(protocol).clientName("tester").build();
    try (Jedis jedis = new Jedis(new HostAndPort("127.0.0.1", door.port()), config)) {
      assertEquals("OK", jedis.mset("a", "1", "b", "2"));
      assertEquals("1", jedis.get("a"));
      assertNull(jedis.get("none"));
      assertEquals("tester", jedis.clientGetname());
      Pipeline pipeline = jedis.pipelined();
      pipeline.set("c", "3");
      pipeline.get("c");
      pipeline.del("a", "b", "none");
      assertEquals(List.of("OK", "3", 2L), pipeline.syncAndReturnAll());
      assertEquals(1, jedis.dbSize());
      assertTrue(jedis.info("replication").contains("role:master"));
    }
  }

  @Test
  void lettuceWorksUnchanged() {
    RedisClient client = RedisClient.create("redis://127.0.0.1:" + door.port() + "/0");
    try {
      RedisCommands<String, String> redis = client.connect().sync();
      assertEquals("OK", redis.mset(Map.of("a", "1", "b", "2")));
      assertEquals(List.of(KeyValue.just("a", "1"), KeyValue.empty("c")), redis.mget("a", "c"));
      assertEquals(1, redis.del("a"));
      assertEquals(1, redis.exists("a", "b"));
      assertFalse(redis.command().isEmpty());
    } finally {
      client.shutdown();
    }
  }

  @ParameterizedTest
  @EnumSource(RedisProtocol.class)
  void jedisFindsItsDataCommands(RedisProtocol protocol) {
    DefaultJedisClientConfig config = DefaultJedisClientConfig.builder().protocol(protocol).build();
    try (Jedis jedis = new Jedis(new HostAndPort("127.0.0.1", door.port()), config)) {
      assertEquals(1, jedis.incr("n"));
      assertEquals(11, jedis.incrBy("n", 10));
      assertEquals(10, jedis.decr("n"));
      assertEquals(7, jedis.decrBy("n", 3));
      assertEquals("OK", jedis.set("s", "a", new SetParams().nx().px(1000)));
      assertNull(jedis.set("s", "b", new SetParams().nx()));
      assertEquals("a", jedis.setGet("s", "b", new SetParams().keepTtl()));
      assertEquals(2, jedis.append("s", "c"));
      assertEquals(2, jedis.strlen("s"));
      assertEquals(1, jedis.ttl("s"));
      assertEquals(1, jedis.persist("s"));
      assertEquals(-1, jedis.pttl("s"));
      assertEquals(1, jedis.expire("s", 10, ExpiryOption.NX));
      assertEquals(0, jedis.pexpire("s", 5, ExpiryOption.GT));
      assertEquals(1, jedis.msetnx("x", "1", "y", "2"));
      assertEquals("1", jedis.getDel("x"));
      assertEquals("OK", jedis.set("e", "v", new SetParams().ex(2)));
      replica.advance(2000);
      assertNull(jedis.get("e"));
      assertEquals(-2, jedis.ttl("e"));
      JedisDataException error = assertThrows(JedisDataException.class, () -> jedis.incr("s"));
      assertEquals("ERR value is not an integer or out of range", error.getMessage());
    }
  }

  @Test
  void lettuceFindsItsDataCommands() {
    RedisClient client = RedisClient.create("redis://127.0.0.1:" + door.port() + "/0");
    try {
      RedisCommands<String, String> redis = client.connect().sync();
      assertEquals(5, redis.incrby("n", 5));
      assertEquals(4, redis.decr("n"));
      assertEquals("OK", redis.set("s", "a", SetArgs.Builder.nx().ex(10)));
      assertNull(redis.set("s", "b", SetArgs.Builder.nx()));
      assertEquals("a", redis.setGet("s", "b", SetArgs.Builder.xx()));
      assertEquals(-1, redis.ttl("s"));
      assertTrue(redis.expire("s", Duration.ofSeconds(5)));
      assertTrue(redis.pttl("s") > 4000);
      assertTrue(redis.persist("s"));
      assertEquals(3, redis.append("s", "cd"));
      assertEquals(3, redis.strlen("s"));
      assertEquals("OK", redis.psetex("e", 5, "v"));
      assertFalse(redis.setnx("e", "w"));
      assertTrue(redis.msetnx(Map.of("x", "1")));
      assertEquals("bcd", redis.getdel("s"));
      replica.advance(5);
      assertNull(redis.get("e"));
    } finally {
      client.shutdown();
    }
  }

  @Test
  void redisCliWorksUnchanged() throws Exception {
    assertEquals("OK", run("redis-cli", "set", "k", "v").strip());
    assertEquals("v", run("redis-cli", "get", "k").strip());
    assertEquals("v", run("redis-cli", "-3", "get", "k").strip());
    assertEquals("1", run("redis-cli", "synod", "leader").strip());
    assertTrue(run("redis-cli", "synod", "status").startsWith("id\n2\nleader\n1\nballot\n7.1\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "16"})
  void redisBenchmarkComplainsOfNothing(String pipeline) throws Exception {
    String said =
        run(
            "redis-benchmark",
            "-t",
            "ping,set,get,mset",
            "-n",
            "1000",
            "-c",
            "5",
            "-q",
            "-P",
            pipeline);

    assertFalse(said.contains("ERR") || said.contains("WARN") || said.contains("rror"), said);
    assertEquals(5, said.split("requests per second", -1).length - 1, said);
  }

  private String run(String tool, String... arguments) throws IOException, InterruptedException {
    assumeTrue(isInstalled(tool), tool + " is not installed (package redis-tools)");
    List<String> line = new ArrayList<>(List.of(tool, "-p", Integer.toString(door.port())));
    line.addAll(List.of(arguments));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }

  private static boolean isInstalled(String tool) throws InterruptedException {
    try {
      return new ProcessBuilder(tool, "--version").start().waitFor() == 0;
    } catch (IOException missing) {
      return false;
    }
  }
}
