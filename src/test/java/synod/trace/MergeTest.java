package synod.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MergeTest {
  private static final long HOUR = 3_600_000_000L;
  private static final Said SAID = new Said("ping", "elector", "elector", "", 0, "do you hear me?");

  private static Entry sent(int replica, long place, long micros, String id, int to) {
    return new Entry(replica, place, micros, new Fact.Sent(id, to, SAID));
  }

  private static Entry received(int replica, long place, long micros, String id, int from) {
    return new Entry(replica, place, micros, new Fact.Received(id, from, SAID));
  }

  private static List<String> places(List<Entry> entries) {
    return entries.stream().map(entry -> entry.replica() + "/" + entry.place()).toList();
  }

  @Test
  void clocksAnHourApartTurnNoArrowRound() {
    List<Entry> entries =
        List.of(
            sent(1, 1, HOUR, "there", 2),
            received(2, 1, 500, "there", 1),
            sent(2, 2, 700, "back", 1),
            received(1, 2, HOUR + 1_200, "back", 2));

    List<Entry> merged = Merge.of(entries);

    assertEquals(List.of("1/1", "2/1", "2/2", "1/2"), places(merged));
    assertEquals(
        List.of(HOUR, HOUR + 500, HOUR + 700, HOUR + 1_200),
        merged.stream().map(Entry::micros).toList());
  }

  @Test
  void ofMessagesInOneDirectionTheFastestSetsTheClocks() {
    List<Entry> merged =
        Merge.of(
            List.of(
                sent(1, 1, 1_000, "a", 2),
                sent(1, 2, 2_000, "b", 2),
                received(2, 1, HOUR + 1_010, "a", 1),
                received(2, 2, HOUR + 2_500, "b", 1)));

    assertEquals(
        List.of(1_000L, 1_001L, 2_000L, 2_490L), merged.stream().map(Entry::micros).toList());
  }

  @Test
  void aReplicasOwnOrderIsThatOfItsPlacesThoughItsClockWasSetBack() {
    List<Entry> merged =
        Merge.of(
            List.of(
                new Entry(1, 2, 50, new Fact.Synced("acceptor", 1)),
                new Entry(1, 1, 100, new Fact.Synced("acceptor", 1))));

    assertEquals(List.of("1/1", "1/2"), places(merged));
    assertEquals(List.of(100L, 100L), merged.stream().map(Entry::micros).toList());
  }

  @Test
  void whatAFullMailboxDroppedStandsBehindItsSendingToo() {
    Entry dropped = new Entry(1, 1, 5, new Fact.Dropped("x", 2, SAID));

    List<Entry> merged = Merge.of(List.of(dropped, sent(2, 1, HOUR, "x", 1)));

    assertEquals(List.of("2/1", "1/1"), places(merged));
    assertTrue(merged.get(0).micros() < merged.get(1).micros());
  }

  @Test
  void aReceiptWhoseSendingNobodyRecordedIsKept() {
    List<Entry> merged = Merge.of(List.of(received(2, 1, 5, "before", 1), sent(1, 1, 6, "x", 2)));

    assertEquals(List.of("2/1", "1/1"), places(merged));
  }

  @Test
  void whatContradictsItselfStillHasAnEnd() {
    List<Entry> merged = Merge.of(List.of(received(1, 1, 5, "own", 1), sent(1, 2, 6, "own", 1)));

    assertEquals(2, merged.size());
  }

  @Test
  void everyRandomRunKeepsBothOrdersWhateverTheClocks() {
    for (long seed = 1; seed <= 40; seed++) {
      List<Entry> entries = new ArrayList<>(new RandomRun(seed, seed % 2 * HOUR).of(400));
      Collections.shuffle(entries, new Random(seed));

      List<Entry> merged = Merge.of(entries);

      assertEquals(entries.size(), merged.size());
      check(merged);
    }
  }

  private static void check(List<Entry> merged) {
    Map<Integer, Long> places = new TreeMap<>();
    Map<String, Long> sent = new TreeMap<>();
    long last = Long.MIN_VALUE;
    for (Entry entry : merged) {
      assertTrue(places.getOrDefault(entry.replica(), 0L) < entry.place(), "own order");
      places.put(entry.replica(), entry.place());
      assertTrue(last <= entry.micros(), "time falls");
      last = entry.micros();
      if (entry.fact() instanceof Fact.Sent fact) {
        sent.put(fact.id(), entry.micros());
      } else if (entry.fact() instanceof Fact.Received fact) {
        Long at = sent.get(fact.id());
        assertTrue(at != null && at < entry.micros(), "an arrow runs back: " + entry);
      }
    }
  }

  @Test
  void aTraceOfManyThousandsIsMergedInAMoment() {
    assertEquals(100_000, Merge.of(repeated(100_000)).size());
  }

  private static List<Entry> repeated(int count) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count / 2; i++) {
      entries.add(sent(1, i, 10L * i, "m" + i, 2));
      entries.add(received(2, i, 10L * i + 5, "m" + i, 1));
    }
    return entries;
  }
}
