package synod.ring;

import java.util.Optional;
import synod.paxos.Ballot;
import synod.paxos.ReplicaId;

/**
 * How far rounds have got, of tokens and of ballots, as far as this replica knows.
 *
 * <p>A token's round is above every ballot, and the winner's ballot is not below the token's round,
 * so that the two counts stay side by side in a log.
 */
final class Rounds {
  private TokenId seen = TokenId.NONE;
  private TokenId closed = TokenId.NONE;
  private TokenId announced = TokenId.NONE;
  private long ballot;
  private long outUntil;

  long ballot() {
    return ballot;
  }

  long next() {
    return Math.addExact(Math.max(seen.round(), ballot), 1);
  }

  void know(Ballot heard) {
    ballot = Math.max(ballot, heard.round());
  }

  /** A token that is not below the greatest seen is out until then, in ms. */
  void out(TokenId id, long until) {
    seen = id;
    outUntil = until;
  }

  /** A token that is not below the greatest seen is here, and goes no further. */
  void here(TokenId id) {
    seen = id;
    outUntil = 0;
  }

  boolean isOut(long now) {
    return now < outUntil;
  }

  void close(TokenId id) {
    closed = id;
    outUntil = 0;
  }

  void announce(TokenId id) {
    here(id);
    announced = id;
  }

  long seen() {
    return seen.round();
  }

  /** Others are further. The own token, if one is out, went nowhere. */
  void overtaken(long round) {
    here(new TokenId(round, TokenId.NONE.initiator()));
  }

  /** Whether to leave it alone: there is a greater one, or this copy can change nothing. */
  boolean isOld(TokenId id, boolean back) {
    return id.isBelow(seen) || (id.equals(seen) && !(back && isOpen(id)));
  }

  /** Whether this announcement is of an older round, or was heard before. */
  boolean isOldNews(TokenId id) {
    return id.isBelow(seen) || id.equals(announced);
  }

  /** The initiator's own token, if it was neither closed here nor announced, nor overtaken. */
  Optional<TokenId> lost(ReplicaId initiator) {
    return Optional.of(seen).filter(id -> id.initiator().equals(initiator) && isOpen(id));
  }

  private boolean isOpen(TokenId id) {
    return !id.equals(closed) && !id.equals(announced);
  }
}
