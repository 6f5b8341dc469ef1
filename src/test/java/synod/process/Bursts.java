package synod.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Clients that send bursts, each through a door of its own: they add to a counter and put fresh
 * keys, and only then read the answers. What has been answered by the time a connection breaks
 * counts.
 */
final class Bursts implements AutoCloseable {
  private static final int DEPTH = 8;
  private static final long PAUSE_NANOS = 10_000_000;

  private final Processes processes;
  private final AtomicBoolean ending = new AtomicBoolean();
  private final List<Client> clients = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Map<String, String> keys = new ConcurrentSkipListMap<>();
  private final List<String> failures = new CopyOnWriteArrayList<>();

  Bursts(Processes processes, String name, List<Integer> doors) {
    this.processes = processes;
    doors.forEach(door -> clients.add(new Client(door, name + "-" + door)));
    clients.forEach(client -> threads.add(new Thread(client, "bursts-" + client.name)));
    threads.forEach(Thread::start);
  }

  /** Its counter lies between what it was told and what it asked for. */
  private final class Client implements Runnable {
    private final int door;
    private final String name;
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong told = new AtomicLong();

    private Client(int door, String name) {
      this.door = door;
      this.name = name;
    }

    @Override
    public void run() {
      while (!ending.get()) {
        try (Jedis jedis = processes.connect(door)) {
          while (!ending.get()) {
            burst(jedis.getConnection());
          }
        } catch (JedisConnectionException broken) {
          LockSupport.parkNanos(PAUSE_NANOS);
        } catch (RuntimeException e) {
          failures.add(name + ": " + e);
        }
      }
    }

    private void burst(Connection connection) {
      long first = asked.getAndAdd(DEPTH);
      for (int i = 0; i < DEPTH; i++) {
        connection.sendCommand(Command.INCR, name);
        connection.sendCommand(Command.SET, key(first + i), value(first + i));
      }
      for (int i = 0; i < DEPTH; i++) {
        if (answer(connection) instanceof Long now) {
          told.accumulateAndGet(now, Math::max);
        }
        if (answer(connection) instanceof byte[]) {
          keys.put(key(first + i), value(first + i));
        }
      }
    }

    private String key(long n) {
      return name + "-" + n;
    }

    private String value(long n) {
      return "value " + n + " of " + name;
    }

    private void assertBounds(long found, int through) {
      assertTrue(
          told.get() <= found && found <= asked.get(),
          () ->
              String.format(
                  "counter %s is %d through %d: told %d, asked %d times",
                  name, found, through, told.get(), asked.get()));
    }
  }

  /** Nothing where the outcome is unknown or it was not done. */
  private static Object answer(Connection connection) {
    try {
      return connection.getOne();
    } catch (JedisDataException e) {
      String said = String.valueOf(e.getMessage());
      if (said.startsWith("UNKNOWN ") || said.startsWith("BUSY")) {
        return said;
      }
      throw e;
    }
  }

  /** How many keys were put. */
  int acknowledged() {
    return keys.size();
  }

  /** Returns when so many more have been. */
  void awaitMore(int some) {
    int goal = acknowledged() + some;
    Await.until(
        "clients go on",
        () -> acknowledged() >= goal,
        () -> acknowledged() + " of " + goal + "\n" + processes.lastLines());
  }

  /** Ends, and looks for all that was acknowledged through every door. */
  void endWithNothingLost() {
    end();
    assertEquals(List.of(), failures);
    Stores.holdAll(processes, keys);
    for (int id : Processes.ALL) {
      for (Client client : clients) {
        long found = processes.get(id, client.name).map(Long::parseLong).orElse(0L);
        client.assertBounds(found, id);
      }
    }
  }

  /** Lets what is on its way come to its end. */
  void end() {
    close();
    Threads.join(threads);
  }

  @Override
  public void close() {
    ending.set(true);
  }
}
