package synod.paxos;

/**
 * The configured number of a replica, 1 or more. 0 stands for none, in {@link Ballot#NONE} only.
 */
public record ReplicaId(int number) implements Comparable<ReplicaId> {
  public ReplicaId {
    Invariant.check(number >= 0, "a replica's id is never negative: %s", number);
  }

  @Override
  public int compareTo(ReplicaId that) {
    return Integer.compare(number, that.number);
  }

  @Override
  public String toString() {
    return Integer.toString(number);
  }
}
