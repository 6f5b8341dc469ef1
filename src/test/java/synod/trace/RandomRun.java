package synod.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Replicas that say things to each other at random, on clocks that are as wrong as one likes. */
final class RandomRun {
  private static final int REPLICAS = 5;
  private static final Said SAID = new Said("accept", "proposer", "acceptor", "7.4", 12, "text");

  private final Random random;
  private final Map<Integer, Long> places = new TreeMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private final Deque<Fact.Sent> flying = new ArrayDeque<>();
  private final Map<String, Integer> senders = new TreeMap<>();
  private final long[] ahead = new long[REPLICAS + 1];
  private long now = 1_000_000;

  RandomRun(long seed, long wrongByMicros) {
    random = new Random(seed);
    for (int i = 1; i <= REPLICAS; i++) {
      ahead[i] = wrongByMicros == 0 ? 0 : random.nextLong(-wrongByMicros, wrongByMicros);
    }
  }

  /** As the replicas would tell it: each its own in order, and else in any. */
  List<Entry> of(int steps) {
    for (int i = 0; i < steps; i++) {
      now += 1 + random.nextInt(100);
      step(i);
    }
    return entries;
  }

  private void step(int i) {
    int replica = 1 + random.nextInt(REPLICAS);
    int what = random.nextInt(5);
    if (what < 2) {
      String id = replica + "-" + i;
      Fact.Sent sent = new Fact.Sent(id, 1 + random.nextInt(REPLICAS), SAID);
      senders.put(id, replica);
      flying.add(sent);
      add(replica, sent);
    } else if (what < 4 && !flying.isEmpty()) {
      Fact.Sent next = random.nextBoolean() ? flying.removeFirst() : flying.removeLast();
      boolean lost = random.nextInt(10) == 0;
      if (!lost) {
        add(next.to(), new Fact.Received(next.id(), senders.getOrDefault(next.id(), 0), SAID));
      }
    } else {
      add(replica, new Fact.Synced("acceptor", 100));
    }
  }

  private void add(int replica, Fact fact) {
    long place = places.merge(replica, 1L, Long::sum);
    entries.add(new Entry(replica, place, now + ahead[replica], fact));
  }
}
