package synod.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * What the replicas remember of the last hour as one list. State: the entries of all, the oldest
 * first by their clocks, which may differ; what several say within some seconds in the same words
 * is one entry.
 */
final class PastHour {
  private static final long SAME_MICROS = 10_000_000;
  private static final int RECENT = 40;

  private final List<Entry> entries = new ArrayList<>();

  private record Entry(long at, TreeSet<Integer> by, String times, String text) {}

  /** The lines of {@code SYNOD HISTORY} of one replica. */
  void add(int id, List<String> lines) {
    for (String line : lines) {
      String[] parts = line.split(" ", 4);
      if (parts.length == 4 && parts[0].matches("[0-9]{1,18}")) {
        add(id, Long.parseLong(parts[0]), parts[1], parts[3]);
      }
    }
  }

  private void add(int id, long at, String times, String text) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      Entry other = entries.get(i);
      if (other.text().equals(text)
          && !other.by().contains(id)
          && Math.abs(other.at() - at) < SAME_MICROS) {
        other.by().add(id);
        return;
      }
    }
    entries.add(new Entry(at, new TreeSet<>(List.of(id)), times, text));
  }

  /** The newest so many, the oldest of them first. */
  List<String> lines(int count) {
    List<Entry> sorted = entries.stream().sorted(Comparator.comparingLong(Entry::at)).toList();
    return sorted.subList(Math.max(0, sorted.size() - count), sorted.size()).stream()
        .map(PastHour::line)
        .toList();
  }

  private static String line(Entry entry) {
    String by = String.join(" ", entry.by().stream().map(String::valueOf).toList());
    String times = entry.times().equals("1") ? "" : ", " + entry.times() + " times in a row";
    return "%s  %-9s  %s%s".formatted(Clock.time(entry.at()), by, entry.text(), times);
  }

  static int usual() {
    return RECENT;
  }
}
