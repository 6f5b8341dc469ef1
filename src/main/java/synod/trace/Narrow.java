package synod.trace;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** Leaves out of a trace what is not about one slot, or not about an election. */
public final class Narrow {
  static final Set<String> ELECTION_KINDS =
      new TreeSet<>(
          List.of(
              "token",
              "token-ack",
              "coordinator",
              "ask-suspicion",
              "suspicion",
              "elect",
              "gone",
              "lead",
              "step-down",
              "proposer-started",
              "leading",
              "stood-down",
              "prepare",
              "promise",
              "rejected"));

  private static final Set<String> ELECTION_EVENTS =
      new TreeSet<>(
          List.of(
              "BallotMade",
              "Prepared",
              "Recovered",
              "Led",
              "StoodDown",
              "Promised",
              "Rejected",
              "HeldBack"));

  private Narrow() {}

  /** What is about that slot, if one is given, and about elections, if asked for. */
  public static List<Entry> to(List<Entry> entries, OptionalLong slot, boolean election) {
    return entries.stream()
        .filter(entry -> slot.isEmpty() || isAbout(entry.fact(), slot.getAsLong()))
        .filter(entry -> !election || isOfElection(entry.fact()))
        .toList();
  }

  /** A crash or a restart is about every slot. */
  private static boolean isAbout(Fact fact, long slot) {
    return Shown.slot(fact) == slot || (fact instanceof Fact.Happened f && isOfLife(f));
  }

  private static boolean isOfLife(Fact.Happened f) {
    return f.role().equals("process")
        || f.name().equals("RoleCrashed")
        || f.name().equals("RoleStarted");
  }

  private static boolean isOfElection(Fact fact) {
    if (fact instanceof Fact.Sent f) {
      return ELECTION_KINDS.contains(f.said().kind());
    }
    if (fact instanceof Fact.Received f) {
      return ELECTION_KINDS.contains(f.said().kind());
    }
    if (fact instanceof Fact.Lost f) {
      return ELECTION_KINDS.contains(f.said().kind());
    }
    return fact instanceof Fact.Happened f
        && (isOfLife(f) || f.role().equals("elector") || ELECTION_EVENTS.contains(f.name()));
  }
}
