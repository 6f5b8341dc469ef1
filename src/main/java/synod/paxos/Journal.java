package synod.paxos;

/**
 * The durable memory of a replica's acceptor and proposer.
 *
 * <p>Every exception out of it is final: a failed sync is indeterminate, so there is no retry, and
 * the process ends.
 */
public interface Journal extends JournalView {
  void promise(Ballot ballot);

  /** Replaces what was accepted in that slot before. */
  void accept(Acceptance acceptance);

  void makeBallot(Ballot ballot);

  /** Forgets all slots up to this one. */
  void truncate(long slot);

  /** Remembers a life of a replica, in place of an earlier one. */
  void meet(ReplicaId replica, Life life);

  /**
   * Changes the standing, which is durable when this returns, and stays until it is changed; but
   * that a {@code VOTING} one is {@code RETURNING} in the next process. From a bounded one to
   * {@code VOTING} the promise and the truncated prefix become those of the bounds, and the own
   * ballot is at least the promise, all in one.
   */
  void stand(Standing standing);

  /** When this method returns, all that was written by anyone has become durable. */
  void sync();
}
