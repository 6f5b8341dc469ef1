package synod.paxos;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Counts who has accepted what at one ballot, the highest seen.
 *
 * <ol>
 *   <li>A count is a set of acceptors, so that a doubled message counts once.
 *   <li>Acceptances at different ballots are never added up.
 *   <li>The leader's own acceptor is always one of them. Agreement does not need that; but so a
 *       leader whose disk hangs gets nothing chosen, and stands down.
 *   <li>At most {@code 2 * window} slots are counted: a leader has none open that is further behind
 *       its last.
 * </ol>
 */
final class AcceptanceCount {
  private final TreeMap<Long, TreeSet<ReplicaId>> acceptors = new TreeMap<>();
  private final Quorums quorums;
  private final int window;
  private Ballot ballot = Ballot.NONE;

  AcceptanceCount(Quorums quorums, int window) {
    this.quorums = quorums;
    this.window = window;
  }

  /** Returns whether this very acceptance has made the slot chosen. */
  boolean add(ReplicaId acceptor, Message.Accepted accepted) {
    if (accepted.ballot().isBelow(ballot)) {
      return false;
    }
    if (accepted.ballot().isAbove(ballot)) {
      ballot = accepted.ballot();
      acceptors.clear();
    }
    TreeSet<ReplicaId> set = acceptors.computeIfAbsent(accepted.slot(), s -> new TreeSet<>());
    boolean before = isEnough(set);
    set.add(acceptor);
    acceptors.headMap(acceptors.lastKey() - 2L * window, true).clear();
    return !before && isEnough(set) && acceptors.containsKey(accepted.slot());
  }

  /** Who has accepted it at the highest ballot seen. */
  List<ReplicaId> acceptors(long slot) {
    return acceptors.containsKey(slot) ? List.copyOf(acceptors.get(slot)) : List.of();
  }

  private boolean isEnough(Set<ReplicaId> set) {
    return quorums.isPhase2(set) && set.contains(ballot.replica());
  }
}
