package synod.paxos;

import java.util.List;

/** The other replicas in turn, so that none that is away is asked for ever. */
final class Peers {
  private final List<ReplicaId> replicas;
  private int next;

  Peers(List<ReplicaId> replicas) {
    this.replicas = replicas;
  }

  /** {@code self} only if there is no other. */
  ReplicaId next(ReplicaId self) {
    next = (next + 1) % replicas.size();
    if (replicas.get(next).equals(self)) {
      next = (next + 1) % replicas.size();
    }
    return replicas.get(next);
  }

  int size() {
    return replicas.size();
  }
}
