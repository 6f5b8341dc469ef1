package synod.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The entries of several replicas in one total order.
 *
 * <ol>
 *   <li>Each replica's entries stay in the order of their places.
 *   <li>A message's receipt stands behind its sending (Lamport, Time, Clocks, and the Ordering of
 *       Events, 1978).
 *   <li>What neither of these orders stands by the clocks, which {@link Clocks} has set alike; and
 *       the times in the result, by the clock of the first replica, never fall, and rise from a
 *       sending to its receipt.
 * </ol>
 *
 * <p>State: what of each replica has not found its place yet, and the times so far.
 */
public final class Merge {
  private final Clocks clocks;
  private final TreeMap<Integer, Deque<Entry>> waiting = new TreeMap<>();
  private final TreeSet<String> toBeSent = new TreeSet<>();
  private final Map<String, Long> sentAt = new TreeMap<>();
  private final Map<Integer, Long> lastAt = new TreeMap<>();

  private Merge(List<Entry> entries) {
    this.clocks = Clocks.of(entries);
    List<Entry> ordered = new ArrayList<>(entries);
    ordered.sort(Comparator.comparingInt(Entry::replica).thenComparingLong(Entry::place));
    for (Entry entry : ordered) {
      waiting.computeIfAbsent(entry.replica(), replica -> new ArrayDeque<>()).add(entry);
      if (entry.fact() instanceof Fact.Sent sent) {
        toBeSent.add(sent.id());
      }
    }
  }

  /** In order, with times that have been set alike. */
  public static List<Entry> of(List<Entry> entries) {
    Merge merge = new Merge(entries);
    List<Entry> merged = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      merged.add(merge.next());
    }
    return merged;
  }

  private Entry next() {
    Entry first = earliest(true);
    waiting.getOrDefault(first.replica(), new ArrayDeque<>()).removeFirst();
    waiting.values().removeIf(Deque::isEmpty);
    lastAt.put(first.replica(), first.micros());
    if (first.fact() instanceof Fact.Sent sent) {
      toBeSent.remove(sent.id());
      sentAt.putIfAbsent(sent.id(), first.micros());
    }
    return first;
  }

  /** Where each waits for another's sending nobody recorded this run; then the clocks decide. */
  private Entry earliest(boolean ready) {
    return waiting.values().stream()
        .map(Deque::element)
        .filter(head -> !ready || isReady(head))
        .map(this::timed)
        .min(Comparator.comparingLong(Entry::micros).thenComparingInt(Entry::replica))
        .orElseGet(() -> earliest(false));
  }

  private boolean isReady(Entry head) {
    return !(head.fact() instanceof Fact.Arrived arrived && toBeSent.contains(arrived.id()));
  }

  private Entry timed(Entry head) {
    long at = clocks.common(head);
    at = Math.max(at, lastAt.getOrDefault(head.replica(), Long.MIN_VALUE));
    if (head.fact() instanceof Fact.Arrived arrived && sentAt.containsKey(arrived.id())) {
      at = Math.max(at, sentAt.getOrDefault(arrived.id(), at) + 1);
    }
    return new Entry(head.replica(), head.place(), at, head.fact());
  }
}
