package synod.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Clients that put one new key after the other, each through a door of its own and through the next
 * when that one fails, and remember what was acknowledged.
 */
final class Writers implements AutoCloseable {
  private final Processes processes;
  private final List<Thread> threads = new ArrayList<>();
  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
  private final List<String> refused = java.util.Collections.synchronizedList(new ArrayList<>());
  private final AtomicLong lastSuccess = new AtomicLong(System.nanoTime());
  private final AtomicLong longestGap = new AtomicLong();
  private volatile boolean running = true;

  Writers(Processes processes, int count, String prefix) {
    this.processes = processes;
    for (int i = 0; i < count; i++) {
      int writer = i;
      Thread thread = new Thread(() -> write(writer, prefix + writer + "-"), "writer-" + i);
      threads.add(thread);
      thread.start();
    }
  }

  private void write(int writer, String prefix) {
    int door = writer % 5;
    for (int n = 0; running; door++) {
      try (Jedis connection = processes.door(door % 5 + 1)) {
        while (running) {
          put(connection, prefix + n++);
        }
      } catch (JedisException lost) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
  }

  private void put(Jedis connection, String key) {
    try {
      connection.set(key, "value of " + key);
      acknowledged.put(key, "value of " + key);
      succeeded();
    } catch (redis.clients.jedis.exceptions.JedisDataException e) {
      refused.add(key + ": " + e.getMessage());
    }
  }

  private void succeeded() {
    long now = System.nanoTime();
    long gap = now - lastSuccess.getAndSet(now);
    longestGap.accumulateAndGet(gap, Math::max);
  }

  int count() {
    return acknowledged.size();
  }

  /** Waits until that many more puts are acknowledged. */
  void awaitMore(int more) {
    int target = count() + more;
    Processes.awaitUntil(more + " more puts", () -> count() >= target);
  }

  /** The longest time in ms without a successful put since the last call. */
  long longestGapMs() {
    return TimeUnit.NANOSECONDS.toMillis(longestGap.getAndSet(0));
  }

  /** Puts that the store answered with an error. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  Map<String, String> acknowledged() {
    return acknowledged;
  }

  @Override
  public void close() {
    stop();
  }

  /** Lets each finish what it is at. */
  void stop() {
    running = false;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
