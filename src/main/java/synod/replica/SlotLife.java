package synod.replica;

import java.util.List;
import java.util.Optional;
import synod.paxos.Ballot;
import synod.paxos.ReplicaId;

/**
 * What one replica remembers of one slot. Each moment is there only if it was this replica's role
 * to which it happened, in this process, and not too long ago.
 *
 * @param adopted the ballot is the one at which the batch had been accepted before
 * @param proposed the amount is the batch's bytes
 * @param resent the amount is how often, the time that of the last
 * @param accepted the amount is how long the sync took, in microseconds
 * @param counted this learner counted a quorum
 * @param quorum whom it counted
 * @param applied the amount is how many commands were answered
 */
public record SlotLife(
    Optional<Moment> adopted,
    Optional<Moment> proposed,
    Optional<Moment> resent,
    Optional<Moment> accepted,
    Optional<Moment> counted,
    List<ReplicaId> quorum,
    Optional<Moment> applied) {

  /** At microseconds since 1970 by this replica's clock. */
  public record Moment(long at, Ballot ballot, long amount) {}
}
