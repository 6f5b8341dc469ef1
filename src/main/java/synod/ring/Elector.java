package synod.ring;

import java.util.Comparator;
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
 * SuspectTimer}), whom it reaches ({@link Reach}), the rounds ({@link Rounds}), the token in hand
 * ({@link Courier}), what it says of itself ({@link Standing}).
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
  /** After so many failed rounds it asks all directly, and stands even if it is behind. */
  private static final int MANY_FAILURES = 2;

  private final ReplicaId self;
  private final Ring ring;
  private final ElectorSettings settings;
  private final Leadership leadership;
  private final SuspectTimer timer;
  private final Reach reach;
  private final Courier courier;
  private final Standing standing;
  private final Rounds rounds = new Rounds();

  private long now;
  private boolean starting = true;
  private Optional<Survey> survey = Optional.empty();

  /** {@code promised} is what the acceptor of this replica holds on its disk at the start. */
  public record Origin(ReplicaId self, Ballot promised) {}

  public Elector(Origin origin, Ring ring, ElectorSettings settings, RandomGenerator random) {
    this.self = origin.self();
    this.standing = new Standing(self, origin.promised());
    this.ring = ring;
    this.settings = settings;
    this.leadership = new Leadership(self);
    this.timer = new SuspectTimer(settings, random);
    this.reach = new Reach(self, ring, settings.detection());
    this.courier = new Courier(settings.lap().hopMs());
    rounds.know(origin.promised());
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
    if (leadership.isCandidate() || rounds.isOut(now) || survey.isPresent()) {
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
      standing.progress(progress);
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
    standing.promised(heard.promised());
    rounds.know(heard.promised());
    rounds.know(heard.leader());
    if (leadership.heard(heard.leader(), outbox)) {
      settle();
    }
  }

  private void leading(Message.Leading leading, Outbox outbox) {
    rounds.know(leading.ballot());
    if (leadership.leading(leading.ballot(), outbox)) {
      settle();
    }
  }

  /** Somebody leads: nothing of an election is left. */
  private void settle() {
    starting = false;
    survey = Optional.empty();
    timer.heard(now);
    if (!leadership.isCandidate()) {
      timer.settled();
    }
  }

  /** The replica stays leader without an election: a higher ballot and phase 1 are enough. */
  private void proposerStarted(Outbox outbox) {
    if (leadership.leads() || leadership.isCandidate()) {
      leadership.stand(rounds.ballot(), standing.chosen(), outbox);
    }
    leadership.repeat(outbox);
  }

  private void stoodDown(Message.StoodDown stoodDown, Outbox outbox) {
    rounds.know(stoodDown.ballot());
    rounds.know(stoodDown.rejectedBy());
    if (!leadership.stoodDown(stoodDown.ballot(), outbox)) {
      return;
    }
    if (stoodDown.rejectedBy().equals(Ballot.NONE)) {
      standing.bar(rounds.next());
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
    if (rounds.isOut(now) || survey.isPresent()) {
      return;
    }
    if (rounds.isLost(self)) {
      timer.lost();
    }
    if (hasFailedOften() && ring.canLead(reach.at(now))) {
      ask(outbox);
    } else {
      startToken(false, outbox);
    }
  }

  private boolean hasFailedOften() {
    return timer.failures() >= MANY_FAILURES;
  }

  private void startToken(boolean forced, Outbox outbox) {
    long round = rounds.next();
    survey = Optional.empty();
    leadership.withdraw();
    outbox.emit(new Event.TokenStarted(round));
    forward(new Message.Token(round, self, List.of(entry(round, forced)), forced), outbox);
  }

  private void ask(Outbox outbox) {
    long round = rounds.next();
    long endAt = now + 2 * settings.lap().hopMs();
    rounds.out(new TokenId(round, self), endAt);
    Survey asked = new Survey(round, endAt);
    asked.add(entry(round, false));
    survey = Optional.of(asked);
    outbox.emit(new Event.PeersAsked(round));
    outbox.sendAll(ring.after(self), new Message.AskSuspicion(round));
  }

  private Message.TokenEntry entry(long round, boolean forced) {
    boolean suspects = forced || timer.agrees(now);
    return standing.entry(round, suspects, hasFailedOften(), reach.at(now));
  }

  // ---------------------------------------------------------------- forward

  private void token(ReplicaId from, Message.Token token, Outbox outbox) {
    outbox.send(from, new Message.TokenAck(token.round(), token.initiator(), token.path().size()));
    TokenId id = Tokens.id(token);
    boolean back = Tokens.replicas(token.path()).contains(self);
    if (rounds.isOld(id, back) || !Tokens.isSound(ring, token.path())) {
      return;
    }
    starting = false;
    if (back) {
      close(token, outbox);
    } else {
      forward(Tokens.append(token, entry(token.round(), token.forced())), outbox);
    }
  }

  private void forward(Message.Token token, Outbox outbox) {
    rounds.out(Tokens.id(token), now + courier.lapMs(ring.size()));
    courier.carry(token, order(token.path()));
    deliver(outbox);
  }

  /**
   * The order of the ring, but first whoever has answered within the failure-detection time, and
   * among those first whom the token has not visited: only so it gets round a ring with gaps.
   */
  private List<ReplicaId> order(List<Message.TokenEntry> path) {
    List<ReplicaId> visited = Tokens.replicas(path);
    return ring.after(self).stream()
        .sorted(
            Comparator.comparing((ReplicaId replica) -> !reach.reaches(replica, now))
                .thenComparing(visited::contains))
        .toList();
  }

  /** A token that nobody takes has come round: there is no one else. */
  private void deliver(Outbox outbox) {
    courier.send(now, outbox).ifPresent(token -> close(token, outbox));
  }

  // ---------------------------------------------------------------- close

  private void close(Message.Token token, Outbox outbox) {
    courier.forget();
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
    rounds.close(Tokens.id(token));
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
    rounds.know(Tokens.promised(token.path()));
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
    boolean old = standing.promised().isAbove(known) || leadership.ballot().isAbove(known);
    if (rounds.isOldNews(id) || old) {
      return;
    }
    rounds.announce(id);
    starting = false;
    courier.forget();
    timer.announced(now);
    rounds.know(known);
    if (coordinator.winner().equals(self)) {
      long above = Math.max(rounds.ballot(), coordinator.round() - 1);
      leadership.stand(above, standing.chosen(), outbox);
    }
  }
}
