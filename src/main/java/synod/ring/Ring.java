package synod.ring;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import synod.paxos.Invariant;
import synod.paxos.Quorums;
import synod.paxos.ReplicaId;

/**
 * The configured replicas in the order in which a token visits them, and what a winner needs.
 *
 * @param priorities among equally long prefixes the greater priority wins; 0 where none is given
 */
public record Ring(List<ReplicaId> replicas, Map<ReplicaId, Integer> priorities, Quorums quorums) {
  public Ring {
    replicas = List.copyOf(replicas);
    priorities = Collections.unmodifiableMap(new TreeMap<>(priorities));
    Invariant.check(
        replicas.stream().distinct().count() == replicas.size(), "twice in %s", replicas);
    Invariant.check(quorums.meet(replicas.size()), "%s of %s do not meet", quorums, replicas);
  }

  /** Without priorities, with majorities. */
  public static Ring of(List<ReplicaId> replicas) {
    return new Ring(replicas, new TreeMap<>(), Quorums.majority(replicas.size()));
  }

  /** All others, in the order in which a token of this replica should try them. */
  public List<ReplicaId> after(ReplicaId replica) {
    int at = replicas.indexOf(replica);
    Invariant.check(at >= 0, "%s is not in the ring %s", replica, replicas);
    List<ReplicaId> others = new ArrayList<>(replicas.subList(at + 1, replicas.size()));
    others.addAll(replicas.subList(0, at));
    return others;
  }

  int size() {
    return replicas.size();
  }

  int priority(ReplicaId replica) {
    return priorities.getOrDefault(replica, 0);
  }

  /** Whether so many suspecters make an election: a leader that works has a majority that hears. */
  boolean isMajority(int suspecters) {
    return suspecters >= size() / 2 + 1;
  }

  /** Whether whoever reaches these can be elected, and can get anything chosen afterwards. */
  boolean canLead(List<ReplicaId> reach) {
    var configured = new TreeSet<>(replicas);
    configured.retainAll(reach);
    return quorums.isPhase1(configured) && quorums.isPhase2(configured);
  }
}
