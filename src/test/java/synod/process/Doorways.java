package synod.process;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** One client's connections, one for each door, opened when they are needed. For one thread. */
final class Doorways implements AutoCloseable {
  private final Processes processes;
  private final Map<Integer, Jedis> open = new TreeMap<>();

  Doorways(Processes processes) {
    this.processes = processes;
  }

  /**
   * Asks once. A connection that breaks before the answer leaves the outcome unknown; one that
   * cannot be opened does not.
   *
   * @throws JedisDataException for an answer that is none of the three outcomes
   */
  Told ask(int door, ToLongFunction<Jedis> request) {
    Jedis jedis;
    try {
      jedis = open.computeIfAbsent(door, processes::connect);
    } catch (JedisConnectionException refused) {
      return new Told.NotDone();
    }
    try {
      return new Told.Done(request.applyAsLong(jedis));
    } catch (JedisConnectionException broken) {
      drop(door, jedis);
      return new Told.Unknown();
    } catch (JedisDataException refusal) {
      return outcome(refusal);
    }
  }

  private static Told outcome(JedisDataException refusal) {
    String said = String.valueOf(refusal.getMessage());
    if (said.startsWith("BUSY")) {
      return new Told.NotDone();
    }
    if (said.startsWith("UNKNOWN ")) {
      return new Told.Unknown();
    }
    throw refusal;
  }

  private void drop(int door, Jedis jedis) {
    open.remove(door);
    jedis.close();
  }

  @Override
  public void close() {
    open.values().forEach(Jedis::close);
  }
}
