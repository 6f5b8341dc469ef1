package synod.paxos;

import java.util.List;

/**
 * What a learner is configured with.
 *
 * @param replicas all replicas, this one too
 * @param window as the proposers have it: no leader has a slot open that is further behind its last
 * @param fetchMs a learner that hears of nothing new for this long asks a peer whether it missed it
 * @param retain what the journal keeps of applied slots, for peers that were away
 */
public record LearnerSettings(
    List<ReplicaId> replicas, Quorums quorums, int window, long fetchMs, Retain retain) {
  /**
   * The log is truncated where it is longer than either; up to a quarter more may stay a while.
   *
   * @param bytes of batches
   */
  public record Retain(long slots, long bytes) {
    public static final Retain ALL = new Retain(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2);
  }

  public LearnerSettings {
    replicas = List.copyOf(replicas);
  }
}
