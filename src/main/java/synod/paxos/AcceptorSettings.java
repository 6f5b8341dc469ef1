package synod.paxos;

import java.util.List;

/**
 * What an acceptor is configured with.
 *
 * @param replicas all replicas, this one too
 * @param askMs who does not answer is asked again after this time
 */
public record AcceptorSettings(List<ReplicaId> replicas, Quorums quorums, long askMs) {
  public AcceptorSettings {
    replicas = List.copyOf(replicas);
  }
}
