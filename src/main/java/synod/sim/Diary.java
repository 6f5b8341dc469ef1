package synod.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import synod.trace.Entry;
import synod.trace.Fact;

/** What machines and clients wrote down of a run; the clients are machine 0. */
final class Diary {
  static final int CLIENTS = 0;

  private final LongSupplier clock;
  private final List<Entry> entries = new ArrayList<>();
  private final TreeMap<Integer, Long> places = new TreeMap<>();

  Diary(LongSupplier clock) {
    this.clock = clock;
  }

  void write(int machine, Fact fact) {
    long place = places.merge(machine, 1L, Long::sum);
    entries.add(new Entry(machine, place, clock.getAsLong(), fact));
  }

  void happened(int machine, String role, String name, long number, String text) {
    write(machine, new Fact.Happened(role, name, "", number, text));
  }

  List<Entry> entries() {
    return List.copyOf(entries);
  }
}
