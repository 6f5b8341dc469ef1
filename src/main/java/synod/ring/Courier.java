package synod.ring;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import synod.paxos.Event;
import synod.paxos.Message.Token;
import synod.paxos.Message.TokenAck;
import synod.paxos.Outbox;
import synod.paxos.ReplicaId;

/**
 * Brings one token to the next replica that acknowledges it. A successor that is silent for the hop
 * timeout is skipped; each is tried once.
 */
final class Courier {
  private static final int GROWTH = 8;

  private final long hopMs;
  private final Deque<ReplicaId> untried = new ArrayDeque<>();
  private Optional<Token> token = Optional.empty();
  private Optional<ReplicaId> to = Optional.empty();
  private Optional<TokenAck> awaited = Optional.empty();
  private long skipAt;
  private long timeout;

  Courier(long hopMs) {
    this.hopMs = hopMs;
    this.timeout = hopMs;
  }

  /** Takes the token to the first of these that answers. Any other is forgotten. */
  void carry(Token next, List<ReplicaId> order) {
    untried.clear();
    untried.addAll(order);
    token = Optional.of(next);
    to = Optional.empty();
    awaited = Optional.of(new TokenAck(next.round(), next.initiator(), next.path().size()));
  }

  void forget() {
    token = Optional.empty();
    to = Optional.empty();
  }

  /**
   * Sends the token on if it has not been sent yet, or was not acknowledged in time.
   *
   * @return the token, if nobody is left to take it
   */
  Optional<Token> send(long now, Outbox outbox) {
    if (token.isEmpty() || (to.isPresent() && now < skipAt)) {
      return Optional.empty();
    }
    Token carried = token.get();
    to.ifPresent(
        silent -> outbox.emit(new Event.HopSkipped(carried.round(), carried.initiator(), silent)));
    to = Optional.ofNullable(untried.poll());
    skipAt = now + timeout;
    to.ifPresent(successor -> hand(carried, successor, outbox));
    return to.isPresent() ? Optional.empty() : token;
  }

  private static void hand(Token token, ReplicaId to, Outbox outbox) {
    outbox.send(to, token);
    outbox.emit(
        new Event.TokenForwarded(token.round(), token.initiator(), to, token.path().size()));
  }

  /** A late answer shows that the timeout is too short for this machine, an early one that not. */
  void acknowledged(ReplicaId from, TokenAck ack) {
    if (!Optional.of(ack).equals(awaited)) {
      return;
    }
    if (Optional.of(from).equals(to)) {
      timeout = Math.max(hopMs, timeout / 2);
      forget();
    } else {
      timeout = Math.min(GROWTH * hopMs, timeout * 2);
    }
  }

  /** A token that is out for longer is taken for lost: each replica may be waited for once. */
  long lapMs(int replicas) {
    return replicas * timeout;
  }
}
