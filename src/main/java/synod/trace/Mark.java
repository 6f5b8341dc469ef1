package synod.trace;

/**
 * How an event is drawn.
 *
 * @param label beside it; empty if it is said on hover only
 */
record Mark(Shape shape, String label) {

  enum Shape {
    CRASH,
    RESTART,
    CROWN,
    FALLEN,
    CHOSEN,
    APPLIED,
    DIAMOND,
    PROMISE,
    REFUSAL,
    DOT
  }

  static Mark of(Fact.Happened happened) {
    String ballot = happened.ballot();
    return switch (happened.name()) {
      case "RoleCrashed" -> new Mark(Shape.CRASH, happened.role() + " crashes");
      case "Ended" -> new Mark(Shape.CRASH, "the process ends");
      case "RoleStarted" -> new Mark(Shape.RESTART, happened.role() + " restarts");
      case "Began" -> new Mark(Shape.RESTART, "the process begins");
      case "Led" -> new Mark(Shape.CROWN, "leads at " + ballot);
      case "StoodDown" -> new Mark(Shape.FALLEN, "stands down");
      case "SlotChosen" -> new Mark(Shape.CHOSEN, "s" + happened.slot() + " chosen");
      case "Applied" -> new Mark(Shape.APPLIED, "s" + happened.slot() + " applied");
      case "Promised" -> new Mark(Shape.PROMISE, "promised " + ballot);
      case "Rejected" -> new Mark(Shape.REFUSAL, "rejects " + ballot);
      default -> ofElections(happened);
    };
  }

  private static Mark ofElections(Fact.Happened happened) {
    return switch (happened.name()) {
      case "BallotMade" -> new Mark(Shape.DOT, "makes " + happened.ballot());
      case "Recovered" -> new Mark(Shape.DIAMOND, recovered(happened.text()));
      case "Retransmitted" -> new Mark(Shape.DOT, "sends again");
      case "Suspected" -> new Mark(Shape.DIAMOND, "suspects");
      case "TokenStarted" -> new Mark(Shape.DIAMOND, "starts a token");
      case "HopSkipped" -> new Mark(Shape.DIAMOND, after(happened.text(), " skips ", "skips "));
      case "RingClosed" -> new Mark(Shape.DIAMOND, "ring closed");
      case "Elected" -> new Mark(Shape.DIAMOND, after(happened.text(), " names ", "names "));
      case "ElectionAborted" -> new Mark(Shape.DIAMOND, "no winner");
      case "PeersAsked" -> new Mark(Shape.DIAMOND, "asks all");
      default -> ofTransactions(happened);
    };
  }

  /** Of two-phase commit, beside which Paxos is shown. */
  private static Mark ofTransactions(Fact.Happened happened) {
    return switch (happened.name()) {
      case "Locked" -> new Mark(Shape.DOT, "locks " + happened.text());
      case "Unlocked" -> new Mark(Shape.DOT, "unlocks " + happened.text());
      case "Decided" -> new Mark(Shape.DIAMOND, "decides: " + happened.text());
      case "Blocked" -> new Mark(Shape.REFUSAL, "blocked");
      case "Committed" -> new Mark(Shape.APPLIED, "committed");
      case "Aborted" -> new Mark(Shape.FALLEN, "aborted");
      default -> new Mark(Shape.DOT, "");
    };
  }

  private static String after(String text, String word, String instead) {
    int at = text.indexOf(word);
    return at < 0 ? text : instead + text.substring(at + word.length()).split("[,:]", 2)[0];
  }

  private static String recovered(String text) {
    int at = text.indexOf(", ");
    return at < 0 ? "quorum of promises" : "quorum: " + text.substring(at + 2);
  }
}
