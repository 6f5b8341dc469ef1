package synod.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether all replicas hold the same, told while they serve: each remembers the hashes of its last
 * applied slots, and they are compared at every slot that all remember. State: by replica, its
 * lines of {@code SYNOD HASH} by slot; who gave none is down.
 */
final class Comparison {
  private static final int PATIENCE_MS = 5000;

  private final Map<Integer, NavigableMap<Long, String>> hashes = new TreeMap<>();

  private Comparison(Map<Integer, Reply> answers) {
    answers.forEach(
        (id, reply) -> {
          if (reply instanceof Reply.Items lines && !lines.items().isEmpty()) {
            hashes.put(id, bySlot(lines.items()));
          }
        });
  }

  static Comparison of(List<Address> all) {
    return new Comparison(Poll.ask(all, PATIENCE_MS, "SYNOD", "HASH", "1", "10000"));
  }

  private static NavigableMap<Long, String> bySlot(List<Reply> lines) {
    NavigableMap<Long, String> bySlot = new TreeMap<>();
    for (Reply line : lines) {
      String text = line.text();
      bySlot.put(Long.parseLong(text.substring(0, text.indexOf(' '))), text);
    }
    return bySlot;
  }

  /** The replicas that answered. */
  List<Integer> up() {
    return List.copyOf(hashes.keySet());
  }

  /** The first and the last slot that each of them remembers; nothing if they share none. */
  Optional<Range> common() {
    long first = hashes.values().stream().mapToLong(NavigableMap::firstKey).max().orElse(1);
    long last = hashes.values().stream().mapToLong(NavigableMap::lastKey).min().orElse(0);
    return first <= last ? Optional.of(new Range(first, last)) : Optional.empty();
  }

  /** Slots, both ends included. */
  record Range(long first, long last) {}

  /** The first slot of the range after which two of them do not hold the same. */
  Optional<Long> difference(Range range) {
    for (long slot = range.first(); slot <= range.last(); slot++) {
      long at = slot;
      if (up().stream().map(id -> line(id, at)).distinct().count() > 1) {
        return Optional.of(slot);
      }
    }
    return Optional.empty();
  }

  private String line(int id, long slot) {
    NavigableMap<Long, String> remembered = hashes.get(id);
    return remembered == null ? "" : remembered.getOrDefault(slot, "");
  }

  /** A row for a table: replica, slot, chain, keys, digest. */
  List<String> row(int id, long slot) {
    List<String> row = new ArrayList<>();
    row.add(String.valueOf(id));
    row.addAll(List.of(line(id, slot).split(" ", 4)));
    return row;
  }

  /** The slot that it applied last. */
  long applied(int id) {
    NavigableMap<Long, String> remembered = hashes.get(id);
    return remembered == null ? 0 : remembered.lastKey();
  }
}
