package synod.ring;

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
 * Knows who leads, and holds an {@link Election} when nobody does.
 *
 * <p>State, none of it durable: the leader's ballot ({@link Leadership}), the silence ({@link
 * SuspectTimer}), whom it reaches ({@link Reach}), the rounds ({@link Rounds}), what it says of
 * itself ({@link Credentials}).
 *
 * <ol>
 *   <li>The leader is known by its prepare and its accept, and by what the own proposer says.
 *   <li>A proposer that lives anew leads again without an election if its replica led.
 *   <li>After a start nothing is deposed: it waits one whole suspect timeout to be told better.
 *   <li>That the leader's process is gone is a hint, like silence: it shortens the wait for a
 *       token, and one replica's hint alone elects nobody.
 * </ol>
 */
public final class Elector implements Role<Message.ToElector> {
  private final Knowledge know;
  private final Election election;
  private long now;

  /** {@code promised} is what the acceptor of this replica holds on its disk at the start. */
  public record Origin(ReplicaId self, Ballot promised) {}

  public Elector(Origin origin, Ring ring, ElectorSettings settings, RandomGenerator random) {
    this.know = new Knowledge(origin, ring, settings, random);
    this.election = new Election(know, settings.lap());
  }

  /** Whoever is taken for the leader; at first the own replica, until it is told better. */
  public Optional<ReplicaId> leader() {
    return know.leadership.isAlone() ? Optional.of(know.self) : know.leadership.leader();
  }

  /** The highest ballot at which a leader was heard in this life, or {@link Ballot#NONE}. */
  public Ballot leaderBallot() {
    return know.leadership.ballot();
  }

  /** One word: starting, following, leading, electing or suspecting. */
  public String state() {
    if (know.leadership.leader().isPresent()) {
      return know.leadership.leads() ? "leading" : "following";
    }
    if (know.leadership.isCandidate() || election.isUnderWay(now)) {
      return "electing";
    }
    return know.leadership.isAlone() ? "starting" : "suspecting";
  }

  /** The replicas it exchanges messages with, itself included, in the order of the ring. */
  public List<ReplicaId> reach(long now) {
    return know.reach.at(now);
  }

  @Override
  public void start(long now, Outbox outbox) {
    this.now = now;
    know.timer.start(now);
    know.reach.start(now);
  }

  @Override
  public void tick(long now, Outbox outbox) {
    this.now = now;
    know.reach.tick(now, outbox);
    election.tick(now, outbox);
    suspectIfDue(outbox);
  }

  private void suspectIfDue(Outbox outbox) {
    if (!know.timer.isDue(now)) {
      return;
    }
    if (leader().isPresent()) {
      outbox.emit(new Event.Suspected(leaderBallot(), know.timer.silence(now)));
      know.leadership.doubt(outbox);
    }
    election.begin(now, outbox);
  }

  @Override
  public void receive(Envelope<Message.ToElector> envelope, Outbox outbox) {
    Message.ToElector message = envelope.message();
    if (message instanceof Message.Heard heard) {
      heard(heard, outbox);
    } else if (message instanceof Message.Progress progress) {
      know.credentials.progress(progress);
    } else if (message instanceof Message.Voting voting) {
      know.credentials.voting(voting.voting());
    } else if (message instanceof Message.ProposerStarted) {
      proposerStarted(outbox);
    } else if (message instanceof Message.Leading leading) {
      leading(leading, outbox);
    } else if (message instanceof Message.StoodDown stoodDown) {
      stoodDown(stoodDown, outbox);
    } else if (message instanceof Message.Gone gone) {
      gone(gone.replica());
    } else if (message instanceof Message.Elect) {
      election.start(true, now, outbox);
    } else if (know.peers.contains(envelope.from())) {
      receive(envelope.from(), message, outbox);
    }
  }

  private void receive(ReplicaId from, Message.ToElector message, Outbox outbox) {
    if (message instanceof Message.Ping ping) {
      outbox.send(from, new Message.Pong(ping.at()));
    } else if (message instanceof Message.Pong pong) {
      know.reach.answered(from, Math.min(pong.at(), now));
    } else if (message instanceof Message.Token token) {
      election.token(from, token, now, outbox);
    } else if (message instanceof Message.TokenAck ack) {
      know.reach.answered(from, now);
      election.acknowledged(from, ack);
    } else if (message instanceof Message.Coordinator coordinator) {
      election.coordinator(coordinator, now, outbox);
    } else if (message instanceof Message.AskSuspicion ask) {
      election.asked(from, ask, now, outbox);
    } else if (message instanceof Message.Suspicion suspicion) {
      know.reach.answered(from, now);
      election.suspicion(from, suspicion, now, outbox);
    }
  }

  /** Whoever follows it in the ring begins a token soon, and the others if that one does not. */
  private void gone(ReplicaId replica) {
    know.reach.lost(replica);
    if (know.peers.contains(replica) && leader().equals(Optional.of(replica))) {
      know.timer.gone(replica, know.ring.after(replica).indexOf(know.self), now);
    }
  }

  private void heard(Message.Heard heard, Outbox outbox) {
    know.credentials.promised(heard.promised());
    know.rounds.know(heard.promised());
    know.rounds.know(heard.leader());
    if (know.leadership.heard(heard.leader(), outbox)) {
      settle();
    }
  }

  private void leading(Message.Leading leading, Outbox outbox) {
    know.rounds.know(leading.ballot());
    if (know.leadership.leading(leading.ballot(), outbox)) {
      settle();
    }
  }

  private void settle() {
    election.settle();
    know.timer.heard(leaderBallot().replica(), now);
    if (!know.leadership.isCandidate()) {
      know.timer.settled();
    }
  }

  /** The replica stays leader without an election: a higher ballot and phase 1 are enough. */
  private void proposerStarted(Outbox outbox) {
    if (know.leadership.leads() || know.leadership.isCandidate()) {
      know.leadership.withdraw();
      know.leadership.stand(know.rounds.ballot(), know.credentials.chosen(), now, outbox);
    }
    know.leadership.repeat(outbox);
  }

  private void stoodDown(Message.StoodDown stoodDown, Outbox outbox) {
    know.rounds.know(stoodDown.ballot());
    know.rounds.know(stoodDown.rejectedBy());
    if (!know.leadership.stoodDown(stoodDown.ballot(), outbox)) {
      return;
    }
    if (stoodDown.rejectedBy().equals(Ballot.NONE)) {
      know.credentials.bar(know.rounds.next());
      know.timer.abandoned(now);
    } else {
      know.timer.outbid(now);
    }
  }
}
