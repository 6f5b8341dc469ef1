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

  /** When this method returns, all that was written by anyone has become durable. */
  void sync();
}
