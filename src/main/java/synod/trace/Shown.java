package synod.trace;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What of a trace a ladder shows, and what of that belongs to a slot's round. */
final class Shown {
  /** Between replicas all the time, and about nothing. */
  private static final Set<String> CHATTER = new TreeSet<>(List.of("ping", "pong"));

  /** An arrow shows the same. */
  private static final Set<String> DRAWN =
      new TreeSet<>(
          List.of("Accepted", "Proposed", "Prepared", "TokenForwarded", "Rejected", "Leased"));

  private Shown() {}

  /** Whether it is a receipt, a loss or an event that a person wants to see. */
  static boolean is(Entry entry) {
    Fact fact = entry.fact();
    if (fact instanceof Fact.Received f) {
      return f.from() != entry.replica() && !CHATTER.contains(f.said().kind());
    }
    if (fact instanceof Fact.Sent f) {
      return f.to() != entry.replica() && !CHATTER.contains(f.said().kind());
    }
    if (fact instanceof Fact.Happened f) {
      return !DRAWN.contains(f.name());
    }
    return fact instanceof Fact.Synced;
  }

  /** What it is, whoever it is of and whatever slot it is about. */
  static String shape(Fact fact) {
    if (fact instanceof Fact.Received f) {
      return f.said().kind() + " " + f.said().ballot();
    }
    if (fact instanceof Fact.Sent f) {
      return "send " + f.said().kind() + " " + f.said().ballot();
    }
    return fact instanceof Fact.Happened f ? f.name() + " " + f.ballot() : "";
  }

  /** Whether it breaks a run of rounds: not what goes on beside them all the time. */
  static boolean isNotable(Fact fact) {
    if (fact instanceof Fact.Happened f) {
      return f.slot() == 0 && !f.name().equals("ReadRound");
    }
    boolean lost = fact instanceof Fact.Lost;
    return !lost && fact.message().filter(Elections::have).isPresent();
  }
}
