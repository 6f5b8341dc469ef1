package synod.process;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.exceptions.JedisBusyException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * What clients can do to a replica that has little memory. Each of these would need many times the
 * heap if nothing bounded it, and the process ends at the first OutOfMemoryError.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverloadIT {
  private static final int MIB = 1 << 20;
  private static final long PATIENCE_MS = 10_000;
  private static final String BOUNDS =
      """
      gateway { max-pending = 4 MiB }
      proposer { max-waiting = 4 MiB }
      links { max-queue = 4 MiB, max-mailbox = 4 MiB, max-message = 4 MiB }
      door { max-in-flight = 2 MiB, max-memory = 8 MiB }
      """;

  private final List<Socket> sockets = new ArrayList<>();
  private Lone replica = Lone.NONE;

  @BeforeAll
  void start(@TempDir Path directory) {
    replica = Lone.start(directory, BOUNDS, "-Xmx112m");
    replica.awaitServing();
    try (Jedis jedis = replica.connect()) {
      jedis.set("large", "x".repeat(MIB));
    }
  }

  @AfterAll
  void end() {
    replica.close();
  }

  @AfterEach
  void servesEveryoneAgain() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    sockets.clear();
    assertTrue(replica.isAlive(), replica::lastLines);
    Await.until(
        "the door's memory is free again",
        () -> replica.info("door_memory") < MIB,
        replica::lastLines);
    replica.awaitServing();
    System.out.println("heap in use: " + replica.info("used_memory") / MIB + " MiB");
  }

  private Socket socket() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), replica.port());
    sockets.add(socket);
    return socket;
  }

  /** The longest that a small put and a small get took, while {@code trouble} goes on. */
  private long longestMs(AtomicBoolean trouble) {
    long longest = 0;
    try (Jedis jedis = replica.connect()) {
      for (int i = 0; i < 50 || trouble.get(); i++) {
        long began = System.nanoTime();
        String value = Integer.toString(i);
        Await.until("a small put", () -> isPut(jedis, value), replica::lastLines);
        Await.until("a small get", () -> isThere(jedis, value), replica::lastLines);
        longest = Math.max(longest, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
      }
    }
    return longest;
  }

  /** BUSY is an answer, too: it is asked again. */
  private static boolean isPut(Jedis jedis, String value) {
    try {
      return jedis.set("small", value).equals("OK");
    } catch (JedisBusyException e) {
      return false;
    }
  }

  private static boolean isThere(Jedis jedis, String value) {
    try {
      assertEquals(value, jedis.get("small"));
      return true;
    } catch (JedisBusyException e) {
      return false;
    }
  }

  private void assertSmallOnesAreServed() {
    long longest = longestMs(new AtomicBoolean());
    System.out.println("a small put and get took at most " + longest + " ms");
    assertTrue(longest < PATIENCE_MS, () -> "took " + longest + " ms");
  }

  @Test
  void aClientThatNeverReadsItsAnswersIsLeftAlone() throws IOException {
    byte[] gets = "GET large\r\n".repeat(200).getBytes(US_ASCII);
    for (int i = 0; i < 60; i++) {
      socket().getOutputStream().write(gets);
    }

    assertSmallOnesAreServed();
  }

  @Test
  void aFloodOfPipelinedWritesIsPushedBackOrToldBusy() {
    List<CompletableFuture<List<Object>>> floods = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String key = "flood" + i;
      floods.add(CompletableFuture.supplyAsync(() -> flood(key)));
    }

    assertSmallOnesAreServed();
    for (CompletableFuture<List<Object>> flood : floods) {
      List<Object> answers = flood.join();
      assertEquals(1000, answers.size());
      assertTrue(
          answers.stream().allMatch(a -> a.equals("OK") || a instanceof JedisBusyException),
          () -> answers.stream().distinct().limit(5).toList().toString());
    }
  }

  private List<Object> flood(String key) {
    try (Jedis jedis = replica.connect();
        Pipeline pipeline = jedis.pipelined()) {
      String value = "x".repeat(10_000);
      for (int i = 0; i < 1000; i++) {
        pipeline.set(key, value);
      }
      return pipeline.syncAndReturnAll();
    }
  }

  @Test
  void twoThousandIdleConnectionsCostLittle() throws IOException {
    long files = Lone.openFiles();
    assumeTrue(files >= 2500, "ulimit -n is " + files + ", this needs 2500");
    for (int i = 0; i < 2000; i++) {
      socket();
    }
    for (Socket socket : sockets) {
      socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
    }
    for (Socket socket : sockets) {
      assertEquals("+PONG\r\n", new String(socket.getInputStream().readNBytes(7), US_ASCII));
    }

    assertTrue(replica.info("connected_clients") >= 2000);
    assertSmallOnesAreServed();
  }

  @Test
  void clientsThatSendHalfARequestAndSleepLeaveRoomForOthers() throws IOException {
    byte[] half = new byte[MIB / 2];
    Arrays.fill(half, (byte) 'x');
    for (int i = 0; i < 200; i++) {
      OutputStream out = socket().getOutputStream();
      out.write(("*3\r\n$3\r\nSET\r\n$4\r\nhalf\r\n$" + MIB + "\r\n").getBytes(US_ASCII));
      out.write(half);
    }

    assertSmallOnesAreServed();
  }

  @Test
  void largeValuesDoNotStarveSmallOnes() {
    AtomicBoolean large = new AtomicBoolean(true);
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String key = "large" + i;
      writers.add(CompletableFuture.runAsync(() -> putLarge(key, 20)));
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(writers.toArray(CompletableFuture<?>[]::new))
            .whenComplete((none, fault) -> large.set(false));

    long longest = longestMs(large);

    all.join();
    System.out.println("beside 1 MiB puts a small put and get took at most " + longest + " ms");
    assertTrue(longest < PATIENCE_MS, () -> "took " + longest + " ms");
  }

  private void putLarge(String key, int times) {
    String value = "y".repeat(MIB);
    try (Jedis jedis = replica.connect()) {
      for (int i = 0; i < times; i++) {
        jedis.set(key, value);
      }
    } catch (JedisBusyException e) {
      // It may be told so.
    } catch (JedisException e) {
      throw new AssertionError(replica.lastLines(), e);
    }
  }
}
