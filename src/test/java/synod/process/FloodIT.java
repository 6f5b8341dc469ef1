package synod.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Floods five replicas of 256 MiB each and samples their memory: {@code mvn -B verify -Psoak
 * -Dit.test=FloodIT -Dflood.seconds=600}. The samples go to {@code target/flood.csv}, a curve of
 * each replica to the output. Each heap is there from the start, so what grows of a process is
 * native memory; and it is sampled behind a collection, so that it shows what is in use. No part of
 * the default tests: it measures a machine.
 */
class FloodIT {
  private static final int SECONDS = Integer.getInteger("flood.seconds", 0);
  private static final int SAMPLE_SECONDS = 10;
  private static final int CLIENTS = 10;
  private static final int PIPELINED = 500;
  private static final int KEYS = 10_000;
  private static final String VALUE = "x".repeat(1000);

  private final AtomicBoolean ending = new AtomicBoolean();
  private final LongAdder done = new LongAdder();
  private final LongAdder busy = new LongAdder();
  private final MemoryCurve curve = new MemoryCurve();

  @Test
  void memoryStaysFlat(@TempDir Path directory) throws IOException {
    assumeTrue(SECONDS > 0, "-Dflood.seconds=600 floods for ten minutes");
    try (Processes processes = new Processes("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch")) {
      processes.startIn(directory);
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int client = i;
        clients.add(new Thread(() -> flood(processes, client), "flood-" + i));
      }
      clients.forEach(Thread::start);

      sample(processes);
      Threads.join(clients);

      Path csv = Path.of(System.getProperty("synod.home", "."), "target", "flood.csv");
      Files.writeString(csv, curve.csv());
      System.out.println(curve.plot());
      System.out.println(
          "flood: " + done.sum() + " puts done, " + busy.sum() + " told BUSY; " + csv);
      Processes.ALL.forEach(
          id -> assertTrue(processes.process(id).isAlive(), processes::lastLines));
      assertEquals(List.of(), curve.growing());
      assertEquals(List.of(), curve.growingHeaps());
    }
  }

  private void sample(Processes processes) {
    long began = System.nanoTime();
    for (int second = 0; second < SECONDS; second = secondsSince(began)) {
      for (int id : Processes.ALL) {
        curve.addAfterCollection(second, id, processes.process(id).pid());
      }
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(SAMPLE_SECONDS));
    }
    ending.set(true);
  }

  private static int secondsSince(long began) {
    return (int) TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
  }

  private void flood(Processes processes, int client) {
    int door = Processes.ALL.get(client % Processes.ALL.size());
    for (int round = 0; !ending.get(); round++) {
      try (Jedis jedis = processes.connect(door);
          Pipeline pipeline = jedis.pipelined()) {
        for (int i = 0; i < PIPELINED; i++) {
          pipeline.set("flood:" + client + ":" + (round * PIPELINED + i) % KEYS, VALUE);
        }
        List<Object> answers = pipeline.syncAndReturnAll();
        int ok = Collections.frequency(answers, "OK");
        done.add(ok);
        busy.add(answers.size() - ok);
      } catch (JedisException e) {
        System.out.println("flood: client " + client + ": " + e.getMessage());
      }
    }
  }
}
