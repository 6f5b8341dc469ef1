package synod.trace;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What of a trace belongs to elections: tokens, ballots, and the crashes that lead to them. */
final class Elections {
  private static final Set<String> KINDS =
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
              "not-leading",
              "stood-down",
              "prepare",
              "promise",
              "rejected"));

  private static final Set<String> EVENTS =
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

  private Elections() {}

  static boolean have(Fact fact) {
    return fact instanceof Fact.Happened happened
        ? have(happened)
        : fact.message().filter(Elections::have).isPresent();
  }

  static boolean have(Said said) {
    return KINDS.contains(said.kind());
  }

  static boolean have(Fact.Happened happened) {
    return isOfLife(happened)
        || happened.role().equals("elector")
        || EVENTS.contains(happened.name());
  }

  /** A process or a role begins or ends. */
  static boolean isOfLife(Fact.Happened happened) {
    return happened.role().equals("process")
        || happened.name().equals("RoleCrashed")
        || happened.name().equals("RoleStarted");
  }
}
