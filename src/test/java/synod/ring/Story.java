package synod.ring;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import synod.paxos.Ballot;
import synod.paxos.Event;
import synod.paxos.ReplicaId;

/** Events of an elector in the words of a transcript. */
final class Story {
  private Story() {}

  static Optional<String> of(Event event) {
    return Optional.of(text(event)).filter(text -> !text.isEmpty());
  }

  private static String text(Event event) {
    if (event instanceof Event.Suspected e) {
      return "suspects " + e.leader() + " after " + e.silentMs() + " ms";
    } else if (event instanceof Event.TokenStarted e) {
      return "starts token " + e.round();
    } else if (event instanceof Event.TokenForwarded e) {
      return "sends token " + e.round() + "/" + e.initiator() + " to " + e.to();
    } else if (event instanceof Event.HopSkipped e) {
      return "skips " + e.skipped();
    } else if (event instanceof Event.PeersAsked e) {
      return "asks all in round " + e.round();
    } else if (event instanceof Event.RingClosed e) {
      return "closes the ring of " + e.round() + "/" + e.initiator() + ": " + ids(e.path());
    } else if (event instanceof Event.Elected e) {
      return "names " + e.winner();
    } else if (event instanceof Event.ElectionAborted e) {
      return "aborts: " + e.why();
    } else if (event instanceof Event.LeaderChanged e) {
      return e.ballot().equals(Ballot.NONE)
          ? "knows of no leader"
          : "takes " + e.ballot() + " for the leader";
    }
    return "";
  }

  static String ids(List<ReplicaId> replicas) {
    return replicas.stream().map(ReplicaId::toString).collect(Collectors.joining(" "));
  }
}
