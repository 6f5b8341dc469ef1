package synod.paxos;

/**
 * A ballot number: the round, and the replica that alone may use it. Ordered by round, then by
 * replica, so that no two replicas ever compare equal (Paxos Made Simple, 2.2).
 */
public record Ballot(long round, ReplicaId replica) implements Comparable<Ballot> {
  /** Below every ballot that a proposer makes: what an acceptor has promised at first. */
  public static final Ballot NONE = new Ballot(0, new ReplicaId(0));

  public Ballot {
    Invariant.check(round >= 0, "a round is never negative: %s", round);
  }

  /** The least ballot of {@code owner} above this one. */
  public Ballot next(ReplicaId owner) {
    return new Ballot(Math.addExact(round, 1), owner);
  }

  @Override
  public int compareTo(Ballot that) {
    int byRound = Long.compare(round, that.round);
    return byRound != 0 ? byRound : replica.compareTo(that.replica);
  }

  public boolean isAbove(Ballot that) {
    return compareTo(that) > 0;
  }

  public boolean isBelow(Ballot that) {
    return compareTo(that) < 0;
  }

  @Override
  public String toString() {
    return round + "." + replica.number();
  }
}
