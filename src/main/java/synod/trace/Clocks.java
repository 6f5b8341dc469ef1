package synod.trace;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * By how much the clock of each replica is ahead of the first one's, as far as messages tell.
 *
 * <p>Of all messages from a to b the one that seems the fastest took at least no time. So b's clock
 * is ahead of a's by at most what that one seems to have taken, and by at least the same, negated,
 * of the way back. The middle is what NTP takes, too. Where messages went one way only they are
 * taken to need no time.
 */
final class Clocks {
  private final Map<Integer, Long> ahead = new TreeMap<>();

  private Clocks() {}

  /** A pair of replicas, in one direction. */
  private record Way(int from, int to) implements Comparable<Way> {
    @Override
    public int compareTo(Way that) {
      return from != that.from ? Integer.compare(from, that.from) : Integer.compare(to, that.to);
    }
  }

  static Clocks of(List<Entry> entries) {
    Clocks clocks = new Clocks();
    Map<Way, Long> fastest = fastest(entries);
    TreeSet<Integer> unset = new TreeSet<>();
    entries.forEach(entry -> unset.add(entry.replica()));
    while (!unset.isEmpty()) {
      Optional<Way> link = clocks.surest(fastest);
      if (link.isPresent()) {
        Way way = link.get();
        long start = clocks.ahead.getOrDefault(way.from(), 0L);
        clocks.ahead.put(way.to(), start + difference(fastest, way));
        unset.remove(way.to());
      } else {
        clocks.ahead.put(unset.first(), 0L);
        unset.remove(unset.first());
      }
    }
    return clocks;
  }

  private static Map<Way, Long> fastest(List<Entry> entries) {
    Map<String, Entry> sent = new TreeMap<>();
    for (Entry entry : entries) {
      if (entry.fact() instanceof Fact.Sent fact) {
        sent.putIfAbsent(fact.id(), entry);
      }
    }
    Map<Way, Long> fastest = new TreeMap<>();
    for (Entry entry : entries) {
      if (entry.fact() instanceof Fact.Arrived fact && sent.containsKey(fact.id())) {
        Entry from = sent.getOrDefault(fact.id(), entry);
        long took = entry.micros() - from.micros();
        fastest.merge(new Way(from.replica(), entry.replica()), took, Math::min);
      }
    }
    return fastest;
  }

  /** The way out of those that are set whose difference is known best. */
  private Optional<Way> surest(Map<Way, Long> fastest) {
    TreeSet<Way> ways = new TreeSet<>();
    for (Way way : fastest.keySet()) {
      ways.add(way);
      ways.add(new Way(way.to(), way.from()));
    }
    return ways.stream()
        .filter(way -> ahead.containsKey(way.from()) && !ahead.containsKey(way.to()))
        .min(Comparator.comparingLong(way -> doubt(fastest, way)));
  }

  /** How far apart the bounds are. */
  private static long doubt(Map<Way, Long> fastest, Way way) {
    Long there = fastest.get(way);
    Long back = fastest.get(new Way(way.to(), way.from()));
    return there == null || back == null ? Long.MAX_VALUE : there + back;
  }

  private static long difference(Map<Way, Long> fastest, Way way) {
    Long there = fastest.get(way);
    Long back = fastest.get(new Way(way.to(), way.from()));
    if (there != null && back != null) {
      return (there - back) / 2;
    }
    return there != null ? there : back != null ? -back : 0;
  }

  /** When it was, by the first replica's clock. */
  long common(Entry entry) {
    return entry.micros() - ahead.getOrDefault(entry.replica(), 0L);
  }
}
