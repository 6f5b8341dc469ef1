package synod.ring;

import java.util.List;
import java.util.Optional;
import synod.paxos.Ballot;
import synod.paxos.Event;
import synod.paxos.Message.AskSuspicion;
import synod.paxos.Message.Coordinator;
import synod.paxos.Message.Suspicion;
import synod.paxos.Message.Token;
import synod.paxos.Message.TokenAck;
import synod.paxos.Outbox;
import synod.paxos.ReplicaId;

/**
 * The way of a token: start, forward, close, win; and the direct question where no token comes
 * round.
 *
 * <ol>
 *   <li>It forwards no token below the greatest it has seen, none twice, and closes none twice.
 *   <li>It starts no token while one that it has forwarded may still be on its way, unless a person
 *       asks.
 *   <li>It asks the own proposer to lead only when a ring closed with this replica's name.
 *   <li>An announcement gives no right and makes no leader: it extends the suspect timer once.
 * </ol>
 */
final class Election {
  private final Knowledge know;
  private final ReplicaId self;
  private final long surveyMs;
  private final Courier courier;
  private Optional<Survey> survey = Optional.empty();

  Election(Knowledge know, ElectorSettings.Lap lap) {
    this.know = know;
    this.self = know.self;
    this.surveyMs = 2 * lap.hopMs();
    this.courier = new Courier(lap.hopMs());
  }

  boolean isUnderWay(long now) {
    return know.rounds.isOut(now) || survey.isPresent();
  }

  void tick(long now, Outbox outbox) {
    deliver(now, outbox);
    conclude(now, outbox);
  }

  /** Somebody leads. A token in hand goes on: others may wait for it. */
  void settle() {
    survey = Optional.empty();
  }

  // ---------------------------------------------------------------- start

  /** The leader has been silent for the whole timeout. */
  void begin(long now, Outbox outbox) {
    if (isUnderWay(now)) {
      return;
    }
    know.rounds.lost(self).ifPresent(id -> lose(id, now));
    if (!know.timer.isDue(now)) {
      return;
    }
    if (know.shouldAskDirectly(now)) {
      ask(now, outbox);
    } else {
      start(false, now, outbox);
    }
  }

  private void lose(TokenId id, long now) {
    know.rounds.close(id);
    if (know.hasFailedOften()) {
      know.timer.failed(now);
    } else {
      know.timer.lost();
    }
  }

  void start(boolean forced, long now, Outbox outbox) {
    long round = know.rounds.next();
    survey = Optional.empty();
    var entry = know.entry(round, forced, now);
    know.leadership.withdraw();
    outbox.emit(new Event.TokenStarted(round));
    forward(new Token(round, self, List.of(entry), forced), now, outbox);
  }

  private void ask(long now, Outbox outbox) {
    long round = know.rounds.next();
    know.rounds.here(new TokenId(round, self));
    Survey asked = new Survey(round, now + surveyMs, know.reach.at(now));
    asked.add(know.entry(round, false, now));
    survey = Optional.of(asked);
    outbox.emit(new Event.PeersAsked(round));
    outbox.sendAll(know.peers, new AskSuspicion(round));
  }

  // ---------------------------------------------------------------- forward

  /** The hop is acknowledged whatever comes of the token: its sender must not skip this replica. */
  void token(ReplicaId from, Token token, long now, Outbox outbox) {
    outbox.send(from, new TokenAck(token.round(), token.initiator(), token.path().size()));
    TokenId id = Tokens.id(token);
    boolean back = Tokens.replicas(token.path()).contains(self);
    if (token.round() < know.rounds.seen()) {
      outbox.send(token.initiator(), suspicion(know.rounds.seen(), now));
    }
    if (know.rounds.isOld(id, back) || !Tokens.isSound(know.ring, token.path())) {
      return;
    }
    know.leadership.hasCompany();
    if (back) {
      know.rounds.here(id);
      close(token, now, outbox);
    } else {
      var entry = know.entry(token.round(), token.forced(), now);
      forward(Tokens.append(token, entry), now, outbox);
    }
  }

  private Suspicion suspicion(long round, long now) {
    return new Suspicion(round, know.entry(round, false, now));
  }

  private void forward(Token token, long now, Outbox outbox) {
    know.rounds.out(Tokens.id(token), now + courier.lapMs(know.ring.size()));
    courier.carry(token, know.order(token.path(), now));
    deliver(now, outbox);
  }

  /** A token that nobody takes has come round: there is no one else. */
  private void deliver(long now, Outbox outbox) {
    courier.send(now, outbox).ifPresent(token -> close(token, now, outbox));
  }

  void acknowledged(ReplicaId from, TokenAck ack) {
    courier.acknowledged(from, ack);
  }

  // ---------------------------------------------------------------- close

  private void close(Token token, long now, Outbox outbox) {
    courier.forget();
    outbox.emit(
        new Event.RingClosed(token.round(), token.initiator(), Tokens.replicas(token.path())));
    decide(token, now, outbox);
  }

  /** Who has been away starts with low rounds, and would need many to be heard. */
  void asked(ReplicaId from, AskSuspicion ask, long now, Outbox outbox) {
    outbox.send(from, suspicion(Math.max(ask.round(), know.rounds.seen()), now));
  }

  void suspicion(ReplicaId from, Suspicion suspicion, long now, Outbox outbox) {
    if (suspicion.round() > know.rounds.seen()) {
      know.rounds.overtaken(suspicion.round());
      survey = Optional.empty();
    } else if (suspicion.entry().replica().equals(from)) {
      survey
          .filter(asked -> asked.round() == suspicion.round())
          .ifPresent(asked -> asked.add(suspicion.entry()));
      conclude(now, outbox);
    }
  }

  private void conclude(long now, Outbox outbox) {
    Optional<Survey> over = survey.filter(asked -> asked.isOver(now));
    if (over.isPresent()) {
      survey = Optional.empty();
      decide(new Token(over.get().round(), self, over.get().entries(), false), now, outbox);
    }
  }

  private void decide(Token token, long now, Outbox outbox) {
    know.rounds.close(Tokens.id(token));
    int suspecters = Tokens.suspecters(token.path());
    Optional<ReplicaId> winner = Tokens.winner(know.ring, token.path(), token.forced());
    if (!know.ring.isMajority(suspecters)) {
      abort(token, suspecters + " of " + know.ring.size() + " suspect the leader", now, outbox);
    } else if (winner.isEmpty()) {
      abort(token, "nobody eligible reaches a quorum", now, outbox);
    } else {
      announce(token, winner.get(), now, outbox);
    }
  }

  /** Whoever is cut off from a leader that works takes it for the leader all the same. */
  private void abort(Token token, String why, long now, Outbox outbox) {
    outbox.emit(new Event.ElectionAborted(token.round(), why));
    if (know.leadership.leader().isEmpty() && isMine(token, now)) {
      know.timer.failed(now);
    }
    know.rounds.know(Tokens.promised(token.path()));
    know.leadership.heard(Tokens.live(know.ring, token.path()), outbox);
  }

  /** Would a hub that closes the tokens of all others back off each time, its turn never came. */
  private boolean isMine(Token token, long now) {
    return token.initiator().equals(self) || know.timer.isDue(now);
  }

  private void announce(Token token, ReplicaId winner, long now, Outbox outbox) {
    outbox.emit(new Event.Elected(token.round(), winner, Tokens.why(know.ring, token, winner)));
    var coordinator = new Coordinator(token.round(), token.initiator(), winner, token.path());
    outbox.sendAll(know.peers, coordinator);
    coordinator(coordinator, now, outbox);
  }

  // ---------------------------------------------------------------- win

  /** Old too if a ballot was heard since that its path does not know: somebody was faster. */
  void coordinator(Coordinator coordinator, long now, Outbox outbox) {
    TokenId id = new TokenId(coordinator.round(), coordinator.initiator());
    Ballot highest = Tokens.promised(coordinator.path());
    if (know.rounds.isOldNews(id)
        || know.credentials.promised().isAbove(highest)
        || know.leadership.ballot().isAbove(highest)) {
      return;
    }
    courier.forget();
    know.leadership.hasCompany();
    know.rounds.announce(id);
    know.rounds.know(highest);
    know.timer.announced(now);
    if (coordinator.winner().equals(self)) {
      long above = Math.max(know.rounds.ballot(), coordinator.round() - 1);
      know.leadership.stand(above, know.credentials.chosen(), now, outbox);
    }
  }
}
