package synod.paxos;

import java.util.Optional;

/**
 * An acceptor's side of leases: what it has told a leader that it will not promise to anybody else.
 *
 * <ol>
 *   <li>From a grant on, for the length of a lease by the own clock, no ballot above the promised
 *       one is promised to another replica. The same replica's next ballot is: its last one has
 *       died with the proposer that made it.
 *   <li>A life does not know what the one before it has granted: for the first length of a lease it
 *       promises nothing to anybody.
 *   <li>A grant is only replaced by one to a higher ballot. A late question of an earlier leader
 *       would else take it away from the present one.
 *   <li>While a prepare is held back nothing is granted to anybody else: a leader that renews its
 *       lease for ever could not be deposed by anyone.
 * </ol>
 *
 * <p>An accept needs no leave: its proposer has had a phase-1 quorum, which met every quorum that
 * had granted, after those grants were over.
 */
final class Grant {
  private final LeaseSettings settings;
  private Ballot ballot = Ballot.NONE;
  private long until = Long.MIN_VALUE;
  private long silentUntil = Long.MIN_VALUE;
  private Optional<Envelope<Message.ToAcceptor>> held = Optional.empty();
  private Ballot heldBallot = Ballot.NONE;

  Grant(LeaseSettings settings) {
    this.settings = settings;
  }

  /** The first step of a life. */
  void start() {
    if (settings.areOn()) {
      silentUntil = endOfALease();
    }
  }

  /** The clock tells whole ms: the one in hand may be nearly over. */
  private long endOfALease() {
    return settings.now() + settings.lengthMs() + 1;
  }

  /** For how many ms from now on the ballot's replica alone is promised anything; 0 for none. */
  long grant(Ballot leader) {
    boolean another = held.isPresent() && !heldBallot.replica().equals(leader.replica());
    if (!settings.areOn() || another || leader.isBelow(ballot)) {
      return 0;
    }
    ballot = leader;
    until = endOfALease();
    return settings.lengthMs();
  }

  boolean forbids(Ballot prepared) {
    if (!settings.areOn()) {
      return false;
    }
    long now = settings.now();
    boolean another = !prepared.replica().equals(ballot.replica());
    return now < silentUntil || (another && now < until);
  }

  /** A prepare that is forbidden; of several, the one at the highest ballot. */
  void hold(Ballot prepared, Envelope<Message.ToAcceptor> prepare) {
    if (held.isEmpty() || prepared.isAbove(heldBallot)) {
      held = Optional.of(prepare);
      heldBallot = prepared;
    }
  }

  /** The prepare that was held back and is forbidden no more, once. */
  Optional<Envelope<Message.ToAcceptor>> release() {
    if (held.isEmpty() || forbids(heldBallot)) {
      return Optional.empty();
    }
    var released = held;
    held = Optional.empty();
    return released;
  }
}
