package synod.paxos;

/**
 * Names a whole state as bytes: two snapshots of one name are equal byte for byte.
 *
 * @param slot the last slot that is applied in it
 * @param id drawn when it was made
 * @param bytes how long it is
 */
public record Snapshot(long slot, long id, long bytes) {
  public Snapshot {
    Invariant.check(slot >= 0 && bytes >= 0, "no snapshot: slot %s, %s bytes", slot, bytes);
  }
}
