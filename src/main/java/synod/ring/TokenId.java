package synod.ring;

import synod.paxos.ReplicaId;

/** What tells tokens apart and orders them: of several, the greatest lives on. */
record TokenId(long round, ReplicaId initiator) implements Comparable<TokenId> {
  /** Below every token. */
  static final TokenId NONE = new TokenId(0, new ReplicaId(0));

  @Override
  public int compareTo(TokenId that) {
    int byRound = Long.compare(round, that.round);
    return byRound != 0 ? byRound : initiator.compareTo(that.initiator);
  }

  boolean isBelow(TokenId that) {
    return compareTo(that) < 0;
  }
}
