package synod.trace;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What of a trace a ladder shows. */
final class Shown {
  /** Between replicas all the time, and about nothing. */
  private static final Set<String> CHATTER = new TreeSet<>(List.of("ping", "pong"));

  /** An arrow shows the same. */
  private static final Set<String> DRAWN =
      new TreeSet<>(
          List.of("Accepted", "Proposed", "Prepared", "TokenForwarded", "Rejected", "Leased"));

  private Shown() {}

  /** Whether it is between replicas, or an event that a person wants to see. */
  static boolean is(Entry entry) {
    Fact fact = entry.fact();
    if (fact instanceof Fact.OfMessage f) {
      return f.peer() != entry.replica() && !CHATTER.contains(f.said().kind());
    }
    if (fact instanceof Fact.Happened f) {
      return !DRAWN.contains(f.name());
    }
    return fact instanceof Fact.Synced;
  }
}
