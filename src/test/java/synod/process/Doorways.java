package synod.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** One client's connections, one for each door, opened when they are needed. For one thread. */
final class Doorways implements AutoCloseable {
  private static final Pattern UNKNOWN = Pattern.compile("UNKNOWN session=(-?\\d+) number=(\\d+)");

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
      return outcome(jedis, String.valueOf(refusal.getMessage()));
    }
  }

  private static Told outcome(Jedis jedis, String said) {
    if (said.startsWith("BUSY")) {
      return new Told.NotDone();
    }
    Matcher unknown = UNKNOWN.matcher(said);
    if (unknown.lookingAt()) {
      return whatBecameOf(jedis, unknown.group(1), unknown.group(2));
    }
    throw new JedisDataException(said);
  }

  /** Where the store cannot tell, or the connection breaks, it stays unknown. */
  private static Told whatBecameOf(Jedis jedis, String session, String number) {
    try {
      Object answer = jedis.sendCommand(() -> "SYNOD".getBytes(UTF_8), "OUTCOME", session, number);
      String word = new String((byte[]) ((List<?>) answer).get(0), UTF_8);
      return switch (word) {
        case "done" -> new Told.Happened();
        case "not-done" -> new Told.NotDone();
        default -> new Told.Unknown();
      };
    } catch (JedisException e) {
      return new Told.Unknown();
    }
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
