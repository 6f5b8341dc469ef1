package synod.trace;

import java.util.List;
import java.util.stream.Stream;

/**
 * How one kind of message is drawn: no two have the same colour, nor the same dashes and head.
 *
 * @param dash as in {@code stroke-dasharray}; empty: a line without gaps
 * @param meaning as the legend has it
 */
record Look(String kind, String colour, String dash, Head head, String meaning) {

  /** Colours that also those can tell apart who see no red or no green; dashes help the others. */
  private static final List<Look> ALL =
      List.of(
          new Look("prepare", "#0072b2", "", Head.FULL, "prepare (phase 1)"),
          new Look("promise", "#3a9fdd", "7 3", Head.OPEN, "promise"),
          new Look("accept", "#d55e00", "", Head.FULL, "accept (phase 2)"),
          new Look("accepted", "#b8860b", "7 3", Head.OPEN, "accepted"),
          new Look("rejected", "#c00020", "9 3 2 3", Head.BAR, "rejected"),
          new Look("chosen", "#009e73", "2 3", Head.FULL, "chosen, told to a learner"),
          new Look("slot-chosen", "#00805c", "2 2", Head.OPEN, "chosen, told to the own proposer"),
          new Look("token", "#7b3fa0", "", Head.DIAMOND, "token"),
          new Look("token-ack", "#9f7fb5", "2 3", Head.DIAMOND, "token received"),
          new Look("coordinator", "#c2408f", "12 3", Head.DIAMOND, "coordinator"),
          new Look("lead", "#c2408f", "3 2", Head.FULL, "lead, said by the elector"),
          new Look("submit", "#4d6a6d", "", Head.ROUND, "commands for the leader"),
          new Look("applied", "#4d6a6d", "5 2", Head.ROUND, "answers for the gateway"),
          new Look("read", "#7a6a4f", "", Head.OPEN, "read"),
          new Look("read-index", "#7a6a4f", "5 2", Head.OPEN, "read may be answered"),
          new Look("confirm", "#56708f", "4 2 1 2", Head.FULL, "confirm the ballot"),
          new Look("confirmed", "#56708f", "1 2", Head.OPEN, "confirmed"),
          new Look("fetch", "#8f5656", "4 2", Head.FULL, "fetch chosen slots"),
          new Look("learned", "#8f5656", "1 2", Head.OPEN, "chosen slots"),
          new Look("vote-request", "#1f6f8b", "", Head.FULL, "vote?"),
          new Look("vote-yes", "#2e8b57", "7 3", Head.OPEN, "yes"),
          new Look("vote-no", "#a83232", "9 3 2 3", Head.BAR, "no"),
          new Look("commit", "#c75b12", "", Head.DIAMOND, "commit"),
          new Look("abort", "#8a1c1c", "2 2", Head.BAR, "abort"),
          new Look("ack", "#6b7f3a", "2 3", Head.ROUND, "acknowledged"),
          new Look("decision-request", "#6a4fa3", "5 3", Head.FULL, "what was decided?"),
          new Look("uncertain", "#9a86c4", "1 3", Head.OPEN, "voted yes too, knows no more"));

  private static final Look REST =
      new Look("other", "#777777", "3 3", Head.FULL, "another message");

  enum Head {
    FULL("M0 1L10 5L0 9z"),
    OPEN("M1 1L9.5 5L1 9"),
    BAR("M0 2L7 5L0 8zM8 0L10 0L10 10L8 10z"),
    DIAMOND("M0 5L5 1L10 5L5 9z"),
    ROUND("M10 5A4 4 0 1 1 2 5A4 4 0 1 1 10 5z");

    private final String path;

    Head(String path) {
      this.path = path;
    }

    String path() {
      return path;
    }
  }

  static Look of(String kind) {
    return ALL.stream().filter(look -> look.kind.equals(kind)).findFirst().orElse(REST);
  }

  static List<Look> all() {
    return Stream.concat(ALL.stream(), Stream.of(REST)).toList();
  }

  /** Its rules in a style sheet. */
  String rules() {
    String dashes = dash.isEmpty() ? "" : "; stroke-dasharray: " + dash;
    String inside = head == Head.OPEN ? "none; stroke: " + colour : colour;
    return String.format(
        ".k-%1$s { stroke: %2$s%3$s; marker-end: url(#h-%1$s) }%n.h-%1$s { fill: %4$s }%n.t-%1$s {"
            + " fill: %2$s }%n",
        kind, colour, dashes, inside);
  }

  /** What stands beside an arrow. */
  static String label(Said said) {
    String ballot = said.ballot().isEmpty() ? "" : " " + said.ballot();
    return said.kind() + ballot + (said.slot() == 0 ? "" : " s" + said.slot());
  }
}
