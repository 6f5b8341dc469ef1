package synod.paxos;

import java.util.List;

/**
 * What happened, in the order in which it happened on one replica. Logs, the status, the live view
 * and the tests read this one stream. Names are what a person reads in a log.
 */
public sealed interface Event {

  /** A role begins a life: at the start of the process, or after a crash. */
  record RoleStarted(String role, int restarts) implements Event {}

  record RoleCrashed(String role, String why) implements Event {}

  // proposer
  record BallotMade(Ballot ballot) implements Event {}

  record Prepared(Ballot ballot, long from) implements Event {}

  /** Phase 1 is done: {@code adopted} slots keep an earlier batch, {@code gaps} become no-ops. */
  record Recovered(Ballot ballot, long from, int adopted, int gaps) implements Event {}

  /** The batch that is proposed next in this slot is one that was accepted at an earlier ballot. */
  record Adopted(Ballot ballot, long slot, Ballot from) implements Event {}

  record Proposed(Ballot ballot, long slot, int bytes) implements Event {}

  record Retransmitted(Ballot ballot, long slot) implements Event {}

  /** The own no-op is chosen: this replica leads and serves. */
  record Led(Ballot ballot, long slot) implements Event {}

  record StoodDown(Ballot ballot, Ballot rejectedBy, String why) implements Event {}

  record ReadRound(Ballot ballot, long round, int reads) implements Event {}

  /** These reads are answered when this slot is chosen, which confirms the ballot as a round. */
  record ReadsRide(Ballot ballot, long slot, int reads) implements Event {}

  /** A read round has made a lease last {@code ms} from {@code began} by this replica's clock. */
  record Leased(Ballot ballot, long began, long ms) implements Event {}

  // acceptor
  record Promised(Ballot ballot) implements Event {}

  record Accepted(Ballot ballot, long slot) implements Event {}

  record Rejected(Ballot ballot, Ballot promised) implements Event {}

  /** A prepare has to wait until a lease that was granted to another replica is over. */
  record HeldBack(Ballot ballot) implements Event {}

  /** Whether the disk may answer has changed, or a role has begun to live with it. */
  record Stands(Standing standing) implements Event {}

  /**
   * Another replica's acceptor asked whether its life follows the one that was met: it does not.
   */
  record Distrusted(ReplicaId replica, Life life, Life met) implements Event {}

  /** It is to be readmitted, and these have not told their bounds yet; all have to. */
  record AwaitsBounds(List<ReplicaId> missing) implements Event {}

  record Truncated(long slot) implements Event {}

  // learner
  /** These acceptors are the quorum that was counted, as soon as it was one. */
  record SlotChosen(Ballot ballot, long slot, List<ReplicaId> acceptors) implements Event {}

  record Applied(long slot, int commands) implements Event {}

  record FellBehind(long applied, long chosen) implements Event {}

  record CaughtUp(long applied) implements Event {}

  record SnapshotBegun(Snapshot snapshot, ReplicaId from) implements Event {}

  /** A process before has begun to receive it, and what it had received is here. */
  record SnapshotResumed(Snapshot snapshot, long received) implements Event {}

  /** It is of no use any more, or nobody has it. */
  record SnapshotAbandoned(Snapshot snapshot) implements Event {}

  record SnapshotDamaged(Snapshot snapshot) implements Event {}

  record SnapshotInstalled(long slot, long bytes) implements Event {}

  // elector
  record LeaderChanged(Ballot ballot) implements Event {}

  record Suspected(Ballot leader, long silentMs) implements Event {}

  record TokenStarted(long round) implements Event {}

  record TokenForwarded(long round, ReplicaId initiator, ReplicaId to, int entries)
      implements Event {}

  /** The successor did not acknowledge in time; the token goes to the next. */
  record HopSkipped(long round, ReplicaId initiator, ReplicaId skipped) implements Event {}

  /** No token comes round: all peers are asked directly whether they suspect the leader. */
  record PeersAsked(long round) implements Event {}

  record RingClosed(long round, ReplicaId initiator, List<ReplicaId> path) implements Event {}

  /** {@code why}: who suspected, and what made this one the winner, in words. */
  record Elected(long round, ReplicaId winner, String why) implements Event {}

  record ElectionAborted(long round, String why) implements Event {}

  record ReachChanged(List<ReplicaId> reach) implements Event {}
}
