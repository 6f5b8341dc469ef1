package synod.paxos;

import java.util.Set;

/**
 * How many of the configured replicas make a quorum in each phase. Every phase-1 quorum meets every
 * phase-2 quorum (Flexible Paxos, 3).
 *
 * @param phase1 replicas whose promises let a proposer propose
 * @param phase2 replicas whose acceptance makes a batch chosen
 */
public record Quorums(int phase1, int phase2) {
  public Quorums {
    Invariant.check(phase1 >= 1 && phase2 >= 1, "a quorum has a member: %s, %s", phase1, phase2);
  }

  public static Quorums majority(int replicas) {
    return new Quorums(replicas / 2 + 1, replicas / 2 + 1);
  }

  /** Whether every phase-1 quorum of that many replicas meets every phase-2 quorum. */
  public boolean meet(int replicas) {
    return phase1 <= replicas && phase2 <= replicas && phase1 + phase2 > replicas;
  }

  public boolean isPhase1(Set<ReplicaId> replicas) {
    return replicas.size() >= phase1;
  }

  public boolean isPhase2(Set<ReplicaId> replicas) {
    return replicas.size() >= phase2;
  }
}
