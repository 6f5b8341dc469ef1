package synod.paxos;

import java.util.List;

/**
 * What a learner is configured with.
 *
 * @param replicas all replicas, this one too
 * @param window as the proposers have it: no leader has a slot open that is further behind its last
 * @param fetchMs a learner that hears of nothing new for this long asks a peer whether it missed it
 */
public record LearnerSettings(List<ReplicaId> replicas, Quorums quorums, int window, long fetchMs) {
  public LearnerSettings {
    replicas = List.copyOf(replicas);
  }
}
