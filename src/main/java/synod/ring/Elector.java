package synod.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import synod.paxos.Ballot;
import synod.paxos.Envelope;
import synod.paxos.Event;
import synod.paxos.Message;
import synod.paxos.Outbox;
import synod.paxos.ReplicaId;
import synod.paxos.Role;

/**
 * Knows who leads, and holds an election by a token on the ring when nobody does.
 *
 * <p>State, none of it durable: the leader's ballot ({@link Leadership}), the silence ({@link
 * SuspectTimer}), whom it reaches ({@link Reach}), the greatest token seen and the one in flight
 * ({@link Courier}).
 *
 * <ol>
 *   <li>It forwards no token below the greatest it has seen, none twice, and closes none twice.
 *   <li>It starts no token while one that it has forwarded may still be on its way, unless a person
 *       asks.
 *   <li>It asks its own proposer to lead only when a ring closed with its name, or when its replica
 *       leads already and the proposer lives anew.
 *   <li>An announcement gives no right and makes no leader; a prepare or an accept does.
 * </ol>
 */
public final class Elector implements Role<Message.ToElector> {
  /** After so many lost tokens of its own it asks all directly. */
  private static final int LOST_ROUNDS = 2;

  private final ReplicaId self;
  private final Ring ring;
  private final ElectorSettings settings;
  private final Leadership leadership;
  private final SuspectTimer timer;
  private final Reach reach;
  private final Courier courier;

  private long now;
  private boolean starting = true;
  private Ballot promised;
  private long ballotRound;
  private long chosen;
  private boolean behind;

  private TokenId seen = TokenId.NONE;
  private TokenId closed = TokenId.NONE;
  private TokenId announced = TokenId.NONE;
  private long outUntil;
  private int lost;
  private long barredRound;
  private Optional<Survey> survey = Optional.empty();

  /** {@code promised} is what the acceptor of this replica holds on its disk at the start. */
  public record Origin(ReplicaId self, Ballot promised) {}

  public Elector(Origin origin, Ring ring, ElectorSettings settings, RandomGenerator random) {
    this.self = origin.self();
    this.promised = origin.promised();
    this.ballotRound = promised.round();
    this.ring = ring;
    this.settings = settings;
    this.leadership = new Leadership(self);
    this.timer = new SuspectTimer(settings, random);
    this.reach = new Reach(self, ring, settings.detection());
    this.courier = new Courier(settings.lap().hopMs());
  }

  /** Whoever is taken for the leader; at first the own replica, until it is told better. */
  public Optional<ReplicaId> leader() {
    return starting ? Optional.of(self) : leadership.leader();
  }

  /** The highest ballot at which a leader was heard in this life, or {@link Ballot#NONE}. */
  public Ballot leaderBallot() {
    return leadership.ballot();
  }

  /** One word: starting, following, leading, electing or suspecting. */
  public String state() {
    if (leadership.leader().isPresent()) {
      return leadership.leads() ? "leading" : "following";
    }
    if (leadership.isCandidate() || now < outUntil || survey.isPresent()) {
      return "electing";
    }
    return starting ? "starting" : "suspecting";
  }

  /** The replicas it exchanges messages with, itself included, in the order of the ring. */
  public List<ReplicaId> reach(long now) {
    return reach.at(now);
  }

  @Override
  public void start(long now, Outbox outbox) {
    this.now = now;
    timer.start(now);
    reach.start(now);
  }

  @Override
  public void tick(long now, Outbox outbox) {
    this.now = now;
    reach.tick(now, outbox);
    deliver(outbox);
    conclude(outbox);
    if (timer.isDue(now)) {
      suspect(outbox);
    }
  }

  @Override
  public void receive(Envelope<Message.ToElector> envelope, Outbox outbox) {
    Message.ToElector message = envelope.message();
    if (message instanceof Message.Heard heard) {
      heard(heard, outbox);
    } else if (message instanceof Message.Progress progress) {
      progress(progress);
    } else if (message instanceof Message.ProposerStarted) {
      proposerStarted(outbox);
    } else if (message instanceof Message.Leading leading) {
      leading(leading, outbox);
    } else if (message instanceof Message.StoodDown stoodDown) {
      stoodDown(stoodDown, outbox);
    } else if (message instanceof Message.Elect) {
      startToken(true, outbox);
    } else if (ring.replicas().contains(envelope.from())) {
      receive(envelope.from(), message, outbox);
    }
  }

  private void receive(ReplicaId from, Message.ToElector message, Outbox outbox) {
    if (message instanceof Message.Ping ping) {
      outbox.send(from, new Message.Pong(ping.at()));
    } else if (message instanceof Message.Pong pong) {
      reach.answered(from, Math.min(pong.at(), now));
    } else if (message instanceof Message.Token token) {
      token(from, token, outbox);
    } else if (message instanceof Message.TokenAck ack) {
      reach.answered(from, now);
      courier.acknowledged(from, ack);
    } else if (message instanceof Message.Coordinator coordinator) {
      coordinator(coordinator, outbox);
    } else if (message instanceof Message.AskSuspicion ask) {
      outbox.send(from, new Message.Suspicion(ask.round(), entry(ask.round(), false)));
    } else if (message instanceof Message.Suspicion suspicion) {
      suspicion(from, suspicion, outbox);
    }
  }

  // ---------------------------------------------------------------- the own replica

  private void heard(Message.Heard heard, Outbox outbox) {
    promised = heard.promised().isAbove(promised) ? heard.promised() : promised;
    know(heard.promised());
    know(heard.leader());
    if (leadership.heard(heard.leader(), outbox)) {
      settle();
    }
  }

  private void leading(Message.Leading leading, Outbox outbox) {
    know(leading.ballot());
    if (leadership.leading(leading.ballot(), outbox)) {
      settle();
    }
  }

  /** Somebody leads: nothing of an election is left. */
  private void settle() {
    starting = false;
    lost = 0;
    survey = Optional.empty();
    timer.heard(now);
    if (!leadership.isCandidate()) {
      timer.settled();
    }
  }

  private void progress(Message.Progress progress) {
    chosen = Math.max(chosen, progress.chosen());
    behind = progress.behind();
  }

  /** The replica stays leader without an election: a higher ballot and phase 1 are enough. */
  private void proposerStarted(Outbox outbox) {
    if (leadership.leads() || leadership.isCandidate()) {
      leadership.stand(ballotRound, chosen, outbox);
    }
    leadership.repeat(outbox);
  }

  private void stoodDown(Message.StoodDown stoodDown, Outbox outbox) {
    know(stoodDown.ballot());
    know(stoodDown.rejectedBy());
    if (!leadership.stoodDown(stoodDown.ballot(), outbox)) {
      return;
    }
    if (stoodDown.rejectedBy().equals(Ballot.NONE)) {
      barredRound = nextRound();
      timer.abandoned(now);
    } else {
      timer.outbid(now);
    }
  }

  // ---------------------------------------------------------------- start

  private void suspect(Outbox outbox) {
    if (starting || leadership.leader().isPresent()) {
      starting = false;
      outbox.emit(new Event.Suspected(leadership.ballot(), timer.silence(now)));
      leadership.doubt(outbox);
    }
    if (now < outUntil || survey.isPresent()) {
      return;
    }
    lost += isOpen(seen) && seen.initiator().equals(self) ? 1 : 0;
    if (lost >= LOST_ROUNDS && ring.canLead(reach.at(now))) {
      ask(outbox);
    } else {
      startToken(false, outbox);
    }
  }

  /** Neither closed here nor announced: for all that is known, it is lost. */
  private boolean isOpen(TokenId id) {
    return !id.equals(closed) && !id.equals(announced);
  }

  private void startToken(boolean forced, Outbox outbox) {
    long round = nextRound();
    see(new TokenId(round, self));
    survey = Optional.empty();
    leadership.withdraw();
    outbox.emit(new Event.TokenStarted(round));
    forward(new Message.Token(round, self, List.of(entry(round, forced)), forced), outbox);
  }

  private void ask(Outbox outbox) {
    long round = nextRound();
    see(new TokenId(round, self));
    lost = 0;
    Survey asked = new Survey(round, now + 2 * settings.lap().hopMs());
    asked.add(entry(round, false));
    survey = Optional.of(asked);
    outbox.sendAll(ring.after(self), new Message.AskSuspicion(round));
  }

  private Message.TokenEntry entry(long round, boolean forced) {
    boolean suspects = forced || timer.agrees(now);
    return new Message.TokenEntry(
        self, suspects, promised, chosen, isEligible(round), reach.at(now));
  }

  /**
   * One that is behind lets others lead; but if elections keep failing, perhaps all are, and phase
   * 1 brings what it misses.
   */
  private boolean isEligible(long round) {
    return round > barredRound && (!behind || timer.failures() >= LOST_ROUNDS);
  }

  // ---------------------------------------------------------------- forward

  private void token(ReplicaId from, Message.Token token, Outbox outbox) {
    outbox.send(from, new Message.TokenAck(token.round(), token.initiator(), token.path().size()));
    TokenId id = Tokens.id(token);
    boolean back = Tokens.replicas(token.path()).contains(self);
    boolean copy = id.equals(seen) && !(back && isOpen(id));
    if (id.isBelow(seen) || copy || !Tokens.isSound(ring, token.path())) {
      return;
    }
    starting = false;
    see(id);
    if (back) {
      close(token, outbox);
    } else {
      forward(Tokens.append(token, entry(token.round(), token.forced())), outbox);
    }
  }

  private void forward(Message.Token token, Outbox outbox) {
    outUntil = now + courier.lapMs(ring.size());
    courier.carry(token, order());
    deliver(outbox);
  }

  /**
   * The order of the ring, but whoever has been silent for the failure-detection time comes last.
   */
  private List<ReplicaId> order() {
    List<ReplicaId> order = new ArrayList<>(ring.after(self));
    order.removeIf(replica -> !reach.reaches(replica, now));
    ring.after(self).stream().filter(replica -> !order.contains(replica)).forEach(order::add);
    return order;
  }

  /** A token that nobody takes has come round: there is no one else. */
  private void deliver(Outbox outbox) {
    courier.send(now, outbox).ifPresent(token -> close(token, outbox));
  }

  // ---------------------------------------------------------------- close

  private void close(Message.Token token, Outbox outbox) {
    endLap();
    outbox.emit(
        new Event.RingClosed(token.round(), token.initiator(), Tokens.replicas(token.path())));
    decide(token, outbox);
  }

  private void suspicion(ReplicaId from, Message.Suspicion suspicion, Outbox outbox) {
    if (survey.isEmpty()
        || survey.get().round() != suspicion.round()
        || !suspicion.entry().replica().equals(from)) {
      return;
    }
    reach.answered(from, now);
    survey.get().add(suspicion.entry());
    conclude(outbox);
  }

  private void conclude(Outbox outbox) {
    if (survey.isPresent() && survey.get().isOver(ring, now)) {
      Survey over = survey.get();
      survey = Optional.empty();
      decide(new Message.Token(over.round(), self, over.entries(), false), outbox);
    }
  }

  private void decide(Message.Token token, Outbox outbox) {
    closed = Tokens.id(token);
    int suspecters = Tokens.suspecters(token.path());
    Optional<ReplicaId> winner = Tokens.winner(ring, token.path(), token.forced());
    if (!ring.isMajority(suspecters)) {
      abort(token, suspecters + " of " + ring.size() + " suspect the leader", outbox);
    } else if (winner.isEmpty()) {
      abort(token, "nobody eligible reaches a quorum", outbox);
    } else {
      announce(token, winner.get(), outbox);
    }
  }

  /** Whoever is cut off from a leader that works takes it for the leader all the same. */
  private void abort(Message.Token token, String why, Outbox outbox) {
    outbox.emit(new Event.ElectionAborted(token.round(), why));
    timer.failed(now);
    know(Tokens.promised(token.path()));
    leadership.heard(Tokens.live(token.path()), outbox);
  }

  private void announce(Message.Token token, ReplicaId winner, Outbox outbox) {
    outbox.emit(new Event.Elected(token.round(), winner));
    var coordinator =
        new Message.Coordinator(token.round(), token.initiator(), winner, token.path());
    outbox.sendAll(ring.after(self), coordinator);
    coordinator(coordinator, outbox);
  }

  // ---------------------------------------------------------------- win

  /** Stale if it is of an older round, or if a ballot was heard since that its path knows not. */
  private void coordinator(Message.Coordinator coordinator, Outbox outbox) {
    TokenId id = new TokenId(coordinator.round(), coordinator.initiator());
    Ballot known = Tokens.promised(coordinator.path());
    boolean old = promised.isAbove(known) || leadership.ballot().isAbove(known);
    if (id.isBelow(seen) || id.equals(announced) || old) {
      return;
    }
    see(id);
    announced = id;
    starting = false;
    endLap();
    timer.announced(now);
    know(known);
    if (coordinator.winner().equals(self)) {
      leadership.stand(Math.max(ballotRound, coordinator.round() - 1), chosen, outbox);
    }
  }

  private void endLap() {
    courier.forget();
    outUntil = now;
  }

  // ---------------------------------------------------------------- rounds

  private void see(TokenId id) {
    seen = id.isBelow(seen) ? seen : id;
  }

  private void know(Ballot ballot) {
    ballotRound = Math.max(ballotRound, ballot.round());
  }

  private long nextRound() {
    return Math.max(seen.round(), ballotRound) + 1;
  }
}
