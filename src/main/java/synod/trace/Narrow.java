package synod.trace;

import java.util.List;
import java.util.OptionalLong;

/** Leaves out of a trace what is not about one slot, or not about an election. */
public final class Narrow {
  private Narrow() {}

  /** What is about that slot, if one is given, and about elections, if asked for. */
  public static List<Entry> to(List<Entry> entries, OptionalLong slot, boolean election) {
    return ofSlot(entries, slot).stream()
        .filter(entry -> !election || Elections.have(entry.fact()))
        .toList();
  }

  /** A crash or a restart is about every slot. */
  private static List<Entry> ofSlot(List<Entry> entries, OptionalLong slot) {
    if (slot.isEmpty()) {
      return entries;
    }
    AboutSlot about = new AboutSlot(entries, slot.getAsLong());
    return entries.stream()
        .filter(entry -> about.has(entry.fact()) || isOfLife(entry.fact()))
        .toList();
  }

  private static boolean isOfLife(Fact fact) {
    return fact instanceof Fact.Happened happened && Elections.isOfLife(happened);
  }
}
