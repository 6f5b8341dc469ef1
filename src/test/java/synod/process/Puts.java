package synod.process;

import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.Jedis;

/** One client that puts without a pause through one door: how long each put took. */
final class Puts implements AutoCloseable {
  private final Processes processes;
  private final int door;
  private final AtomicBoolean ending = new AtomicBoolean();
  private final NavigableMap<Long, Long> took = new ConcurrentSkipListMap<>();
  private final Thread thread = new Thread(this::put, "puts");

  Puts(Processes processes, int door) {
    this.processes = processes;
    this.door = door;
    thread.start();
  }

  private void put() {
    try (Jedis jedis = processes.connect(door)) {
      for (int n = 0; !ending.get(); n++) {
        long began = System.nanoTime();
        jedis.set("put-" + n % 1000, "value " + n);
        long ended = System.nanoTime();
        took.put(ended, ended - began);
      }
    }
  }

  /** Waits so long, and tells the longest that a put took meanwhile. */
  long longestMsWithin(long seconds) {
    long from = System.nanoTime();
    long until = from + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() - until < 0) {
      LockSupport.parkNanos(until - System.nanoTime());
    }
    return longestMsSince(from);
  }

  /** The longest that a put took of those that ended since then. */
  long longestMsSince(long moment) {
    return TimeUnit.NANOSECONDS.toMillis(
        took.tailMap(moment).values().stream().mapToLong(Long::longValue).max().orElse(0));
  }

  /** Returns how many were done. */
  int end() {
    close();
    Threads.join(List.of(thread));
    return took.size();
  }

  @Override
  public void close() {
    ending.set(true);
  }
}
