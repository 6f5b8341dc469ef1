package synod.sim;

import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import synod.paxos.Ballot;
import synod.paxos.Event;
import synod.paxos.Invariant;
import synod.paxos.Quorums;
import synod.paxos.ReplicaId;

/**
 * The leases that leaders take for valid, each by its own clock (I11). What an accept makes an
 * acceptor promise is no matter: no ballot proposes before a phase-1 quorum has answered it.
 */
final class LeasesHeld {
  private record Held(WholeReplica leader, int life, Ballot ballot, long until) {
    boolean isValid() {
      return leader.isUp() && leader.proposerLife() == life && leader.clock() < until;
    }
  }

  private final Quorums quorums;
  private final boolean clocksKeepToTheBound;
  private final TreeMap<ReplicaId, Held> held = new TreeMap<>();
  private final TreeMap<Ballot, TreeSet<ReplicaId>> promises = new TreeMap<>();

  LeasesHeld(Plan plan) {
    this.quorums = plan.quorums();
    this.clocksKeepToTheBound = plan.clocksKeepToTheBound();
  }

  void happened(WholeReplica at, Event event) {
    if (event instanceof Event.Leased lease) {
      long until = lease.began() + lease.ms();
      Held now = new Held(at, at.proposerLife(), lease.ballot(), until);
      held.merge(at.self(), now, (a, b) -> a.until() > b.until() && a.isValid() ? a : b);
      promises.forEach(this::check);
    } else if (event instanceof Event.StoodDown || event instanceof Event.BallotMade) {
      held.remove(at.self());
    }
  }

  /** An acceptor has answered a prepare. */
  void promised(ReplicaId acceptor, Ballot ballot) {
    TreeSet<ReplicaId> set = promises.computeIfAbsent(ballot, b -> new TreeSet<>());
    set.add(acceptor);
    check(ballot, set);
  }

  private void check(Ballot ballot, Set<ReplicaId> by) {
    if (clocksKeepToTheBound && by.size() >= quorums.phase1()) {
      held.values().forEach(lease -> check(ballot, lease));
    }
  }

  private static void check(Ballot ballot, Held lease) {
    boolean another = !ballot.replica().equals(lease.leader().self());
    boolean breaks = another && ballot.isAbove(lease.ballot()) && lease.isValid();
    Invariant.check(
        !breaks, "I11: a quorum promised %s under the lease of %s", ballot, lease.ballot());
  }
}
