package synod.process;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import redis.clients.jedis.Jedis;

/**
 * A client that does to keys what others do to them too, each time through a door that chance
 * picks, and has it recorded. All move on to new keys after some hundred commands, lest too many of
 * unknown outcome gather on one.
 */
final class SharedClient implements Runnable {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final int KEYS = 4;
  private static final int COMMANDS_TO_KEYS = 400;
  private static final long NIL = -1;

  private final String name;
  private final Doorways doors;
  private final SoakLedger ledger;
  private final Recorder recorder;
  private final AtomicLong commands;
  private final SplittableRandom chance;

  /** The words of a history for a number that stands for an answer. */
  interface Answer {
    String of(long value);
  }

  /**
   * @param commands how many have been begun by all such clients
   */
  SharedClient(
      String name,
      Processes processes,
      SoakLedger ledger,
      Recorder recorder,
      AtomicLong commands,
      SplittableRandom chance) {
    this.name = name;
    this.doors = new Doorways(processes);
    this.ledger = ledger;
    this.recorder = recorder;
    this.commands = commands;
    this.chance = chance;
  }

  @Override
  public void run() {
    try (doors) {
      while (!ledger.ending()) {
        long number = commands.incrementAndGet();
        step("shared:" + number / COMMANDS_TO_KEYS + ":" + chance.nextInt(KEYS), number);
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } catch (RuntimeException e) {
      ledger.fault(name + ": " + e);
    }
  }

  private void step(String key, long number) {
    String value = Long.toString(number);
    switch (chance.nextInt(8)) {
      case 0 -> ask(List.of("DEL", key), door -> door.del(key), n -> ":" + n);
      case 1, 2 -> ask(List.of("SET", key, value), door -> set(door, key, value), n -> "OK");
      case 3, 4 ->
          ask(List.of("INCRBY", key, value), door -> door.incrBy(key, number), n -> ":" + n);
      default -> ask(List.of("GET", key), door -> get(door, key), n -> n == NIL ? "nil" : "$" + n);
    }
  }

  private static long set(Jedis door, String key, String value) {
    door.set(key, value);
    return 0;
  }

  private static long get(Jedis door, String key) {
    String found = door.get(key);
    return found == null ? NIL : Long.parseLong(found);
  }

  private void ask(List<String> words, ToLongFunction<Jedis> request, Answer answer) {
    int door = Processes.ALL.get(chance.nextInt(Processes.ALL.size()));
    recorder.record(name, words, answer, () -> doors.ask(door, request));
  }
}
