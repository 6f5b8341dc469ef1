package synod.console;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Writers that put one key after the other until they are stopped, each on its own connection,
 * beginning at another replica. State: everything that was acknowledged, what was refused, and the
 * longest time in which nothing was acknowledged to anybody.
 *
 * <p>A key belongs to one writer and has one value ever, so putting it again after an unknown
 * outcome is harmless: it is put until it is acknowledged.
 */
final class DemoWriters implements AutoCloseable {
  private static final int WRITERS = 4;
  private static final int PATIENCE_MS = 12_000;
  private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(10);

  private final List<Address> doors;
  private final String prefix;
  private final Map<String, String> acknowledged = new ConcurrentSkipListMap<>();
  private final AtomicInteger refused = new AtomicInteger();
  private final List<Thread> writers = new ArrayList<>();
  private volatile boolean stopped;
  private long lastNs = System.nanoTime();
  private long longestNs;

  DemoWriters(List<Address> doors, String prefix) {
    this.doors = doors;
    this.prefix = prefix;
    for (int i = 0; i < WRITERS; i++) {
      int writer = i;
      writers.add(Daemon.start("writer-" + writer, () -> write(writer)));
    }
  }

  /** Puts with an answer of yes, until now. */
  int count() {
    return acknowledged.size();
  }

  /** Puts with an answer of no, until now. */
  int refused() {
    return refused.get();
  }

  /** Stops; all that was acknowledged. */
  Map<String, String> finish() {
    close();
    return acknowledged;
  }

  /** The longest silence in ms since this was asked last. */
  synchronized long takeLongestMs() {
    long longest = Math.max(longestNs, System.nanoTime() - lastNs);
    longestNs = 0;
    return TimeUnit.NANOSECONDS.toMillis(longest);
  }

  private void write(int writer) {
    int door = writer;
    int number = 0;
    while (!stopped) {
      try (Resp resp = new Resp(doors.get(door % doors.size()), PATIENCE_MS)) {
        while (!stopped) {
          String key = prefix + writer + ":" + number;
          if (put(resp, key, "value " + number)) {
            number++;
          }
          LockSupport.parkNanos(PAUSE_NS);
        }
      } catch (IOException e) {
        door++;
        LockSupport.parkNanos(PAUSE_NS);
      }
    }
  }

  private boolean put(Resp resp, String key, String value) throws IOException {
    if (resp.call(List.of("SET", key, value)) instanceof Reply.Failure) {
      refused.incrementAndGet();
      return false;
    }
    acknowledged.put(key, value);
    hear();
    return true;
  }

  private synchronized void hear() {
    long now = System.nanoTime();
    longestNs = Math.max(longestNs, now - lastNs);
    lastNs = now;
  }

  /** Ends after each writer's last put has been answered. */
  @Override
  public void close() {
    stopped = true;
    for (Thread writer : writers) {
      try {
        writer.join(PATIENCE_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
