package synod.trace;

import java.util.List;
import java.util.OptionalLong;

/** Leaves out of a trace what is not about one slot, or not about an election. */
public final class Narrow {
  private Narrow() {}

  /** What is about that slot, if one is given, and about elections, if asked for. */
  public static List<Entry> to(List<Entry> entries, OptionalLong slot, boolean election) {
    return entries.stream()
        .filter(entry -> slot.isEmpty() || isAbout(entry.fact(), slot.getAsLong()))
        .filter(entry -> !election || Elections.have(entry.fact()))
        .toList();
  }

  /** A crash or a restart is about every slot. */
  private static boolean isAbout(Fact fact, long slot) {
    return fact.slot() == slot
        || (fact instanceof Fact.Happened happened && Elections.isOfLife(happened));
  }
}
