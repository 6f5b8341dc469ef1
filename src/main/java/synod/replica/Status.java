package synod.replica;

import java.util.List;
import java.util.Optional;
import synod.paxos.Ballot;
import synod.paxos.Quorums;
import synod.paxos.ReplicaId;

/**
 * What a replica knows of itself at one moment.
 *
 * @param leader whoever is known to lead; nothing while nobody is
 * @param ballot the highest ballot at which a leader was heard
 * @param promised the acceptor's promise
 * @param chosen the prefix that this learner knows to be chosen
 * @param applied the last slot in the state
 * @param openSlots slots that this replica has proposed and that are not chosen yet
 * @param chain a hash over the batches of all applied slots: equal on two replicas at an equal slot
 * @param keys how many keys the state holds
 * @param commands applied since the process began, without those that came in a snapshot
 * @param quorums how many make one, in phase 1 and in phase 2
 * @param cut the peers that somebody has cut this replica off from
 * @param digest a hash over all keys, values and sessions of the state
 */
public record Status(
    ReplicaId self,
    Optional<ReplicaId> leader,
    Ballot ballot,
    List<Role> roles,
    Ballot promised,
    long chosen,
    long applied,
    int openSlots,
    long chain,
    long keys,
    long digest,
    List<Peer> ring,
    long incarnation,
    long uptimeMs,
    long commands,
    Quorums quorums,
    List<ReplicaId> cut) {

  /**
   * {@code state}: a word, such as leading, idle, preparing, following, catching-up, suspecting.
   */
  public record Role(RoleName name, String state, int restarts) {}

  /**
   * A replica in the order of the ring.
   *
   * @param reachable it has answered within the failure-detection time
   * @param member what Akka Cluster says of it, for display only: up, joining, unreachable, absent…
   */
  public record Peer(ReplicaId id, String host, int doorPort, boolean reachable, String member) {}
}
