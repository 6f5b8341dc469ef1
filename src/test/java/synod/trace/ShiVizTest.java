package synod.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ShiVizTest {
  private static final long HOUR = 3_600_000_000L;

  /** By the definition: the same replica and a lower place, or a message, or both in a row. */
  private static boolean[][] happenedBefore(List<Entry> entries) {
    int size = entries.size();
    boolean[][] before = new boolean[size][size];
    for (int a = 0; a < size; a++) {
      for (int b = 0; b < size; b++) {
        before[a][b] = directly(entries.get(a), entries.get(b));
      }
    }
    for (int middle = 0; middle < size; middle++) {
      for (int a = 0; a < size; a++) {
        for (int b = 0; before[a][middle] && b < size; b++) {
          before[a][b] |= before[middle][b];
        }
      }
    }
    return before;
  }

  private static boolean directly(Entry a, Entry b) {
    return (a.replica() == b.replica() && a.place() < b.place())
        || (a.fact() instanceof Fact.Sent sent
            && b.fact() instanceof Fact.Received received
            && sent.id().equals(received.id()));
  }

  private static boolean isLess(Map<Integer, Long> one, Map<Integer, Long> other) {
    return !one.equals(other)
        && one.entrySet().stream()
            .allMatch(each -> each.getValue() <= other.getOrDefault(each.getKey(), 0L));
  }

  @Test
  void oneClockIsLessThanAnotherExactlyIfItHappenedBefore() {
    for (long seed = 1; seed <= 8; seed++) {
      List<ShiViz.Stamped> stamped = ShiViz.stamped(new RandomRun(seed, HOUR).of(120));
      boolean[][] before = happenedBefore(stamped.stream().map(ShiViz.Stamped::entry).toList());

      for (int a = 0; a < stamped.size(); a++) {
        for (int b = 0; b < stamped.size(); b++) {
          boolean less = isLess(stamped.get(a).clock(), stamped.get(b).clock());
          assertEquals(before[a][b], less, stamped.get(a) + " and " + stamped.get(b));
        }
      }
    }
  }

  @Test
  void whatAFullMailboxDroppedHasCome() {
    Said said = new Said("accept", "proposer", "acceptor", "7.4", 12, "text");
    List<Entry> entries =
        List.of(
            new Entry(1, 1, 1, new Fact.Sent("x", 2, said)),
            new Entry(2, 1, 2, new Fact.Dropped("x", 1, said)));

    String log = ShiViz.log(entries);

    assertTrue(
        log.endsWith(
            """
            replica-2 {"replica-1":1,"replica-2":1}
            accept 7.4 s12 of 1 is dropped: the mailbox was full
            """),
        log);
  }

  /** As ShiViz demands it, or it refuses the log. */
  @Test
  void theLogIsReadByItsOwnFirstLineAndEveryHostCountsFromOne() {
    List<Entry> entries = new RandomRun(3, HOUR).of(200);

    String log = ShiViz.log(entries);

    String[] parts = log.split("\n", 3);
    assertEquals("", parts[1]);
    String java = parts[0].replace("{.*}", "\\{.*\\}");
    Matcher events = Pattern.compile(java).matcher(parts[2]);
    Map<String, Integer> counts = new TreeMap<>();
    int found = 0;
    while (events.find()) {
      found++;
      int count = counts.merge(events.group("host"), 1, Integer::sum);
      String own = "\"" + events.group("host") + "\":" + count;
      assertTrue(events.group("clock").matches("\\{(.*,)?" + own + "(,.*)?\\}"), own);
    }
    assertEquals(entries.size(), found);
  }
}
