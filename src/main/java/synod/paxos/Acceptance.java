package synod.paxos;

/** What an acceptor has accepted in one slot: the batch, and the ballot at which it came. */
public record Acceptance(long slot, Ballot ballot, Batch batch) {
  public Acceptance {
    Invariant.check(slot >= 1, "the first slot is 1: %s", slot);
  }

  /** Bytes that it takes on a disk or a wire, roughly. */
  public int size() {
    return batch.size() + 32;
  }
}
