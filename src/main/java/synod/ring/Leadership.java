package synod.ring;

import java.util.Optional;
import java.util.OptionalLong;
import synod.paxos.Ballot;
import synod.paxos.Event;
import synod.paxos.Message;
import synod.paxos.Outbox;
import synod.paxos.ReplicaId;

/**
 * Which ballot is taken for the leader's, and whether the own proposer should try to lead.
 *
 * <ol>
 *   <li>The leader's ballot never falls.
 *   <li>The gateway hears of a ballot only when it was heard, and of {@link Ballot#NONE} when
 *       nobody is known to lead; of each change once.
 *   <li>The own ballot leads when the own proposer says so, not when its prepare is heard.
 * </ol>
 */
final class Leadership {
  /** It may be able to again: what was asked for may be lost, too. */
  private static final long FORGOTTEN_MS = 10_000;

  private final ReplicaId self;
  private Ballot leader = Ballot.NONE;
  private Ballot abandoned = Ballot.NONE;
  private boolean known;
  private boolean alone = true;
  private OptionalLong candidacy = OptionalLong.empty();

  /** When the own proposer was asked to lead, if it has not shown since that it does anything. */
  private OptionalLong unanswered = OptionalLong.empty();

  private Optional<Ballot> told = Optional.empty();

  Leadership(ReplicaId self) {
    this.self = self;
  }

  Ballot ballot() {
    return leader;
  }

  Optional<ReplicaId> leader() {
    return known ? Optional.of(leader.replica()) : Optional.empty();
  }

  /** Nothing was heard of anybody yet: the own replica is taken for the leader. */
  boolean isAlone() {
    return alone;
  }

  void hasCompany() {
    alone = false;
  }

  boolean leads() {
    return known && leader.replica().equals(self);
  }

  boolean isCandidate() {
    return candidacy.isPresent();
  }

  /**
   * A prepare or an accept at this ballot was heard. False if that is old. The old leader may still
   * be heard while the own proposer stands against it.
   */
  boolean heard(Ballot ballot, Outbox outbox) {
    if (isStale(ballot)) {
      return false;
    }
    alone = false;
    if (isCandidacy(ballot)) {
      unanswered = OptionalLong.empty();
    } else {
      adopt(ballot, outbox);
    }
    return true;
  }

  /** The own proposer serves. False if that is old. */
  boolean leading(Ballot ballot, Outbox outbox) {
    if (isStale(ballot)) {
      return false;
    }
    alone = false;
    withdraw();
    adopt(ballot, outbox);
    return true;
  }

  /** The own proposer gave up. False if that is old. */
  boolean stoodDown(Ballot ballot, Outbox outbox) {
    if (isStale(ballot) || (isCandidate() && !isCandidacy(ballot))) {
      return false;
    }
    abandoned = ballot;
    unanswered = OptionalLong.empty();
    withdraw();
    doubt(outbox);
    return true;
  }

  /** Nobody is known to lead any more. */
  void doubt(Outbox outbox) {
    alone = false;
    known = false;
    tell(Ballot.NONE, outbox);
  }

  /** The own proposer was asked to lead that long ago, and has said nothing: its disk may hang. */
  boolean isIgnored(long ms, long now) {
    return unanswered.isPresent()
        && now - unanswered.getAsLong() >= ms
        && now - unanswered.getAsLong() < FORGOTTEN_MS;
  }

  /** The own proposer should lead with a round above this one. */
  void stand(long above, long chosen, long now, Outbox outbox) {
    unanswered = isIgnored(0, now) ? unanswered : OptionalLong.of(now);
    candidacy = OptionalLong.of(above);
    outbox.sendSelf(new Message.Lead(above, chosen));
  }

  void withdraw() {
    candidacy = OptionalLong.empty();
  }

  /** The gateway may live anew together with the proposer: it hears again what it knew. */
  void repeat(Outbox outbox) {
    told.ifPresent(ballot -> outbox.sendSelf(new Message.Leader(ballot)));
  }

  private void adopt(Ballot ballot, Outbox outbox) {
    boolean other = !ballot.replica().equals(self);
    if (other && candidacy.isPresent() && ballot.round() > candidacy.getAsLong()) {
      withdraw();
    }
    if (!ballot.equals(leader)) {
      leader = ballot;
      if (other) {
        outbox.sendSelf(new Message.StepDown(ballot));
      }
    }
    known = true;
    unanswered = OptionalLong.empty();
    tell(ballot, outbox);
  }

  private void tell(Ballot ballot, Outbox outbox) {
    if (!Optional.of(ballot).equals(told)) {
      told = Optional.of(ballot);
      outbox.emit(new Event.LeaderChanged(ballot));
      outbox.sendSelf(new Message.Leader(ballot));
    }
  }

  private boolean isStale(Ballot ballot) {
    boolean over = ballot.replica().equals(self) && !ballot.isAbove(abandoned);
    return ballot.equals(Ballot.NONE) || ballot.isBelow(leader) || over;
  }

  /** Whether the own proposer made the ballot because it was asked to stand. */
  private boolean isCandidacy(Ballot ballot) {
    return ballot.replica().equals(self)
        && candidacy.isPresent()
        && ballot.round() > candidacy.getAsLong();
  }
}
