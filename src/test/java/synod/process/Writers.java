package synod.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Threads that put without a pause, each through one door after the other, a key of its own each
 * time. Each put ends in one of three ways: acknowledged, unknown, or not done, with its connection
 * lost or about to be since the replica stops. Anything else is a failure.
 */
final class Writers implements AutoCloseable {
  private static final int THREADS = 5;

  private final Processes processes;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicBoolean ending = new AtomicBoolean();
  private final Map<String, String> acknowledged = new ConcurrentSkipListMap<>();
  private final NavigableSet<Long> successes = new ConcurrentSkipListSet<>();
  private final AtomicInteger unknown = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final List<String> failures = new CopyOnWriteArrayList<>();

  Writers(Processes processes, String name) {
    this.processes = processes;
    for (int i = 0; i < THREADS; i++) {
      String writer = name + i;
      threads.add(new Thread(() -> write(writer), "writer-" + writer));
    }
    threads.forEach(Thread::start);
  }

  private void write(String writer) {
    Map<Integer, Jedis> connections = new TreeMap<>();
    for (int n = 0; !ending.get(); n++) {
      int door = Processes.ALL.get(n % Processes.ALL.size());
      try {
        put(connections.computeIfAbsent(door, processes::connect), writer + "-" + n);
      } catch (JedisConnectionException e) {
        lost.incrementAndGet();
        close(connections.remove(door));
      } catch (RuntimeException e) {
        failures.add(writer + " through " + door + ": " + e);
      }
    }
    connections.values().forEach(Jedis::close);
  }

  private static void close(@Nullable Jedis connection) {
    if (connection != null) {
      connection.close();
    }
  }

  private void put(Jedis door, String key) {
    String value = "value of " + key;
    try {
      door.set(key, value);
      acknowledged.put(key, value);
      successes.add(System.nanoTime());
    } catch (JedisDataException e) {
      String why = String.valueOf(e.getMessage());
      if (why.startsWith("UNKNOWN ")) {
        unknown.incrementAndGet();
      } else if (why.startsWith("BUSY this replica stops")) {
        lost.incrementAndGet();
      } else {
        throw e;
      }
    }
  }

  /** How many were acknowledged since {@code moment}. */
  int successesSince(long moment) {
    return successes.tailSet(moment).size();
  }

  /** The longest time without a successful put, from the last one before {@code moment} on. */
  long longestGapMsSince(long moment) {
    Long before = successes.floor(moment);
    long last = before == null ? moment : before;
    long longest = 0;
    for (long success : successes.tailSet(moment)) {
      longest = Math.max(longest, success - last);
      last = success;
    }
    return TimeUnit.NANOSECONDS.toMillis(longest);
  }

  /** Every acknowledged key, with its value. */
  Map<String, String> acknowledged() {
    return acknowledged;
  }

  int unknownOrLost() {
    return unknown.get() + lost.get();
  }

  String summary() {
    return String.format(
        "%d puts acknowledged, %d unknown, %d connections lost or refused",
        acknowledged.size(), unknown.get(), lost.get());
  }

  List<String> failures() {
    return failures;
  }

  /** Lets every put that is on its way come to its end. */
  void end() {
    ending.set(true);
    Threads.join(threads);
  }

  @Override
  public void close() {
    ending.set(true);
  }
}
