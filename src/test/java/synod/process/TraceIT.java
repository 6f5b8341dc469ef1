package synod.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisConnectionException;
import synod.trace.Entry;
import synod.trace.Fact;
import synod.trace.Ladder;
import synod.trace.Lines;
import synod.trace.Merge;

/** A trace of five processes: every arrow has two ends, and they match. */
class TraceIT {
  private final Processes processes = new Processes();

  @AfterEach
  void leaveNone() {
    processes.close();
  }

  /** What one replica tells, read by a thread of its own. */
  private final class Feed implements AutoCloseable {
    private final Connection door;
    private final List<Entry> entries = Collections.synchronizedList(new ArrayList<>());
    private final Thread reader = new Thread(this::read, "trace");

    Feed(int id) {
      door = new Connection("127.0.0.1", processes.doorPort(id));
      door.sendCommand(() -> "SYNOD".getBytes(UTF_8), "TRACE");
      assertEquals("OK", door.getStatusCodeReply());
      door.setTimeoutInfinite();
      reader.start();
    }

    private void read() {
      try {
        while (true) {
          entries.add(Lines.parse(door.getBulkReply()));
        }
      } catch (JedisConnectionException closed) {
        // The test has seen enough.
      }
    }

    List<Entry> entries() {
      synchronized (entries) {
        return List.copyOf(entries);
      }
    }

    @Override
    public void close() {
      door.close();
    }
  }

  @Test
  void everyArrowOfACrashOfTheProposerHasTwoEndsThatMatch(@TempDir Path directory) {
    processes.startIn(directory);
    int leader = processes.awaitLeader(Processes.ALL);
    List<Feed> feeds = Processes.ALL.stream().map(Feed::new).toList();
    processes.set(1, "before", "the crash");

    processes.synod(leader, "CRASH", "proposer");
    processes.set(2, "after", "the crash");

    Await.until("the crash is told", () -> tells(feeds, "RoleCrashed"), processes::lastLines);
    Await.until("phase 1 is told", () -> tells(feeds, "Recovered"), processes::lastLines);
    List<Entry> receiving = all(feeds);
    Await.until(
        "all that had come by then was told to have been sent",
        () -> unexplained(receiving, sent(all(feeds))).isEmpty(),
        () -> unexplained(receiving, sent(all(feeds))).toString());
    List<Entry> entries = all(feeds);
    feeds.forEach(Feed::close);

    check(receiving, entries);
    String ladder = String.join("\n", Ladder.lines(entries));
    for (String said : List.of("accept ", "accepted ", "prepare ", "promise ", "crashed")) {
      assertTrue(ladder.contains(said), said + " in\n" + ladder);
    }
  }

  private static List<Entry> all(List<Feed> feeds) {
    return feeds.stream().flatMap(feed -> feed.entries().stream()).toList();
  }

  private static boolean tells(List<Feed> feeds, String event) {
    return all(feeds).stream()
        .anyMatch(entry -> entry.fact() instanceof Fact.Happened f && f.name().equals(event));
  }

  private static Map<String, Entry> sent(List<Entry> entries) {
    Map<String, Entry> sent = new TreeMap<>();
    for (Entry entry : entries) {
      if (entry.fact() instanceof Fact.Sent f) {
        assertTrue(sent.putIfAbsent(f.id(), entry) == null, "sent twice: " + entry);
      }
    }
    return sent;
  }

  /**
   * Receipts of what nobody has told to have sent, though its sender told already of something
   * earlier on the same way: what was sent before the trace began has a lower number.
   */
  private static List<Entry> unexplained(List<Entry> receiving, Map<String, Entry> sent) {
    Map<String, Long> first = new TreeMap<>();
    sent.keySet().forEach(id -> first.merge(way(id), number(id), Math::min));
    return receiving.stream()
        .filter(entry -> entry.fact() instanceof Fact.Received f && !sent.containsKey(f.id()))
        .filter(
            entry -> {
              String id = ((Fact.Received) entry.fact()).id();
              return number(id) > first.getOrDefault(way(id), Long.MAX_VALUE);
            })
        .toList();
  }

  private static String way(String id) {
    return id.substring(0, id.lastIndexOf('.'));
  }

  private static long number(String id) {
    return Long.parseLong(id.substring(id.lastIndexOf('.') + 1));
  }

  private static void check(List<Entry> receiving, List<Entry> entries) {
    Map<String, Entry> sent = sent(entries);
    int pairs = 0;
    for (Entry entry : receiving) {
      if (entry.fact() instanceof Fact.Received f && sent.containsKey(f.id())) {
        pairs++;
        Entry from = sent.getOrDefault(f.id(), entry);
        Fact.Sent said = (Fact.Sent) from.fact();
        assertEquals(entry.replica(), said.to());
        assertEquals(f.from(), from.replica());
        assertEquals(f.said(), said.said());
      }
    }
    assertTrue(pairs > 100, pairs + " arrows");
    assertEquals(entries.size(), Merge.of(entries).size());
  }

  @Test
  void theConsoleWritesDiagramLadderAndLogAndRefusesWhatItCannotWrite(@TempDir Path directory)
      throws Exception {
    processes.startIn(directory);
    processes.awaitLeader(Processes.ALL);
    processes.process(5).kill();

    ConsoleRun svg = trace("1s", directory.resolve("t.svg"));
    ConsoleRun ladder = trace("1s", directory.resolve("t.txt"));
    ConsoleRun log = trace("1s", directory.resolve("t.log"));
    ConsoleRun strange = trace("1s", directory.resolve("t.png"));
    ConsoleRun nowhere = trace("1s", directory.resolve("none/t.svg"));

    assertEquals(0, svg.exitCode(), svg.output());
    assertTrue(svg.output().contains("replica 5 is down"), svg.output());
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(directory.resolve("t.svg").toFile());
    assertTrue(text(directory.resolve("t.txt")).contains("confirm "), ladder.output());
    assertTrue(text(directory.resolve("t.log")).contains("replica-1 {"), log.output());
    assertEquals(1, strange.exitCode());
    assertTrue(strange.output().contains("FILE.svg"), strange.output());
    assertEquals(1, nowhere.exitCode());
    assertTrue(nowhere.output().contains("cannot be written"), nowhere.output());
  }

  private ConsoleRun trace(String time, Path to) {
    return ConsoleRun.of(processes, "trace " + time + " " + to);
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file);
  }
}
