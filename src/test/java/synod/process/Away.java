package synod.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;
import synod.door.LogFields;
import synod.replica.LogLine;
import synod.replica.RoleName;
import synod.replica.Status;

/** What is done to replicas that are away, and seen of those that come back. */
final class Away {
  static final int MAX_SLOTS = 200;
  static final String SHORT_LOG = "log { max-slots = " + MAX_SLOTS + ", max-bytes = 1 MiB }\n";

  private static final Pattern SENDER = Pattern.compile("from replica (\\d+)");
  private static final int VALUE = 8 << 10;
  private static final int AT_ONCE = 8;

  private final Processes processes;

  Away(Processes processes) {
    this.processes = processes;
  }

  /** Puts so many MiB that cannot be compressed. */
  void fill(int mebibytes) {
    int values = mebibytes * (1 << 20) / VALUE;
    try (Jedis door = processes.connect(1)) {
      for (int from = 0; from < values; from += AT_ONCE) {
        int first = from;
        door.mset(
            IntStream.range(0, AT_ONCE)
                .boxed()
                .flatMap(i -> Stream.of("fill-" + (first + i), noise(first + i)))
                .toArray(String[]::new));
      }
    }
  }

  int aFollower() {
    return others(processes.awaitLeader(Processes.ALL)).get(0);
  }

  static List<Integer> others(int id) {
    return Processes.ALL.stream().filter(other -> other != id).toList();
  }

  /** Kills them, and returns when what they lack is in no log any more. */
  void send(List<Integer> some) {
    long applied = some.stream().mapToLong(id -> processes.status(id).applied()).max().orElse(0);
    some.forEach(id -> processes.process(id).kill());
    untilTheOthersHaveTruncated(some, applied);
  }

  /** Kills it, and leaves nothing of its data. */
  void wipe(int id) {
    processes.process(id).kill();
    try (Stream<Path> files = Files.walk(processes.data(id))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets the writers end, and compares what is there with what they were told. */
  void endEqual(Writers writers) {
    writers.end();
    System.out.println(writers.summary());
    assertEquals(List.of(), writers.failures());
    Stores.holdAll(processes, writers.acknowledged());
    Stores.areEqual(processes);
  }

  private static String noise(long seed) {
    return new SplittableRandom(seed)
        .ints(VALUE, '!', '~')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** Returns when none of the others has a slot any more that these lack. */
  void untilTheOthersHaveTruncated(List<Integer> away, long applied) {
    List<Integer> others = Processes.ALL.stream().filter(id -> !away.contains(id)).toList();
    Await.until(
        "the others truncate past slot " + applied,
        () -> others.stream().allMatch(id -> first(id) > applied + MAX_SLOTS),
        processes::lastLines);
  }

  /** The first slot that is still in the log of this replica. */
  private long first(int id) {
    List<?> lines = (List<?>) processes.synod(id, "LOG", "1", "1");
    return lines.stream()
        .map(line -> LogFields.parse(new String((byte[]) line, UTF_8)))
        .mapToLong(LogLine::slot)
        .findFirst()
        .orElse(0);
  }

  /** Returns when it is where the others that serve have been when it began to serve. */
  void untilBack(int id) {
    processes.awaitServing(id);
    long goal =
        Processes.ALL.stream()
            .filter(processes::serves)
            .mapToLong(other -> processes.status(other).applied())
            .max()
            .orElse(0);
    Await.until(
        "replica " + id + " is back at slot " + goal,
        () -> {
          Status status = processes.status(id);
          return status.applied() >= goal && state(status, RoleName.LEARNER).equals("following");
        },
        processes::lastLines);
  }

  /** Who has offered it the state that it receives. */
  int senderTo(int id) {
    List<String> begun = processes.told(id, "receives the state at slot");
    Matcher sender = SENDER.matcher(begun.get(begun.size() - 1));
    assertTrue(sender.find(), () -> "no sender in " + begun);
    return Integer.parseInt(sender.group(1));
  }

  String state(int id, RoleName role) {
    return state(processes.status(id), role);
  }

  private static String state(Status status, RoleName role) {
    return status.roles().stream()
        .filter(each -> each.name() == role)
        .map(Status.Role::state)
        .findFirst()
        .orElse("");
  }

  /** Returns when so much of a state has arrived at it, and not yet all. */
  void untilReceived(int id, long bytes) {
    Await.until(
        "replica " + id + " has received " + bytes + " bytes",
        () -> received(id) >= bytes,
        processes::lastLines);
  }

  private long received(int id) {
    try (Stream<Path> files = Files.walk(processes.data(id).resolve("incoming"))) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (NoSuchFileException | UncheckedIOException notYetOrJustGone) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
