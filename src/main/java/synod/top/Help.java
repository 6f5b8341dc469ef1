package synod.top;

import java.util.List;
import java.util.stream.Stream;

/** What the signs mean, and what the keys do. */
final class Help {
  private Help() {}

  static List<Line> keys(int chosen) {
    return List.of(
        new Line()
            .add(
                "replica "
                    + chosen
                    + ":  k kill  s start  z pause/resume  c+p/a/l/e crash"
                    + "  x+1-9 cut/heal",
                Look.FAINT),
        new Line()
            .add(
                "1-9 or arrows select   h heal all  t elect  o load on/off  ? help  q quit",
                Look.FAINT));
  }

  static List<Line> lines(Marks marks) {
    return Stream.of(
            "A put is done once a quorum of acceptors has it on disk. " + marks.crown + " leads.",
            "P proposer A acceptor L learner E elector +restarts: "
                + marks.on
                + " on "
                + marks.idle
                + " idle "
                + marks.busy
                + " busy "
                + marks.crash
                + " crash",
            "cluster: Akka's word, and how many of the others reach it. lag: a mark a digit.",
            "ballot: the leader's number; promised: older leaders are refused by this one.",
            "A silent leader is suspected; a token [2] goes round, and names the next one.",
            "down: no process; silent: it does not answer. Press ? to go back.")
        .map(text -> new Line().add(text))
        .toList();
  }
}
