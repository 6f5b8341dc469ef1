package synod.world;

import java.util.TreeMap;
import java.util.TreeSet;
import synod.paxos.Acceptance;
import synod.paxos.Ballot;
import synod.paxos.Batch;
import synod.paxos.Envelope;
import synod.paxos.Event;
import synod.paxos.Invariant;
import synod.paxos.Message;
import synod.paxos.Quorums;
import synod.paxos.ReplicaId;
import synod.paxos.Standing;

/**
 * Looks at all that leaves a role, all that a disk has and all that is applied, and ends the run
 * where one of these does not hold:
 *
 * <ol>
 *   <li>I1: in a slot at most one batch is held by the disks of a phase-2 quorum at one ballot.
 *   <li>I2: a ballot proposes one batch in a slot, and is borne by one life of one proposer.
 *   <li>I3: what an acceptor says never falls below what it has promised.
 *   <li>I4: when a prepare, a promise or an accepted leaves, its disk holds it.
 *   <li>I6: what is applied is what was chosen.
 *   <li>I7: states that have applied as much are equal.
 *   <li>I8: nothing is truncated that the own state could lose.
 *   <li>I11: no phase-1 quorum promises a higher ballot of another replica while a leader takes a
 *       lease for valid, whatever the clocks show.
 *   <li>I16: only a disk that may answer answers.
 * </ol>
 */
final class Invariants {
  private record Proposal(long slot, Ballot ballot) implements Comparable<Proposal> {
    @Override
    public int compareTo(Proposal that) {
      return slot != that.slot ? Long.compare(slot, that.slot) : ballot.compareTo(that.ballot);
    }
  }

  private final Quorums quorums;
  private final TreeMap<Proposal, Batch> proposed = new TreeMap<>();
  private final TreeMap<Proposal, TreeSet<ReplicaId>> holders = new TreeMap<>();
  private final TreeMap<Long, Batch> chosen = new TreeMap<>();
  private final TreeMap<Long, Object> digests = new TreeMap<>();
  private final TreeMap<ReplicaId, Ballot> promised = new TreeMap<>();
  private final TreeMap<Ballot, Integer> lives = new TreeMap<>();
  private final LeasesHeld leases;

  Invariants(Quorums quorums) {
    this.quorums = quorums;
    this.leases = new LeasesHeld(quorums);
  }

  void lease(WholeReplica at, Event event) {
    leases.happened(at, event);
  }

  /** The slots in which a batch was chosen. */
  int chosen() {
    return chosen.size();
  }

  int ballots() {
    return lives.size();
  }

  void leaves(WholeReplica from, Envelope<?> envelope) {
    Message message = envelope.message();
    if (message instanceof Message.Prepare prepare) {
      onDisk(from.disk().holdsBallot(prepare.ballot()), envelope);
      lives(from, prepare.ballot());
    } else if (message instanceof Message.Accept accept) {
      lives(from, accept.ballot());
      proposes(accept);
    } else if (message instanceof Message.Promise promise) {
      mayAnswer(from, envelope);
      onDisk(from.disk().holdsPromise(promise.ballot()), envelope);
      promises(from.self(), promise.ballot());
      leases.promised(from.self(), promise.ballot());
    } else if (message instanceof Message.Confirmed) {
      mayAnswer(from, envelope);
    } else if (message instanceof Message.Accepted accepted) {
      mayAnswer(from, envelope);
      onDisk(from.disk().holdsPromise(accepted.ballot()), envelope);
      onDisk(from.disk().holdsAcceptance(accepted.slot(), accepted.ballot()), envelope);
      promises(from.self(), accepted.ballot());
    }
  }

  private static void mayAnswer(WholeReplica from, Envelope<?> envelope) {
    boolean may = from.disk().standing().is(Standing.Kind.VOTING);
    Invariant.check(may, "I16: %s with %s", envelope, from.disk().standing());
  }

  void truncated(WholeReplica at, long slot) {
    long durable = at.state().durable();
    Invariant.check(slot <= durable, "I8: %s truncated %s of %s", at.self(), slot, durable);
  }

  /**
   * The replica has an empty disk. What it had promised to those who did not get a quorum is
   * nobody's any more, and so are its own ballots at which nothing was proposed.
   */
  void wiped(ReplicaId replica) {
    promised.remove(replica);
    var used = proposed.keySet().stream().map(Proposal::ballot).toList();
    lives.keySet().removeIf(ballot -> ballot.replica().equals(replica) && !used.contains(ballot));
  }

  private static void onDisk(boolean is, Envelope<?> envelope) {
    Invariant.check(is, "I4: not on disk: %s", envelope);
  }

  private void lives(WholeReplica from, Ballot ballot) {
    Invariant.check(ballot.replica().equals(from.self()), "I2: %s of %s", ballot, from.self());
    lives.putIfAbsent(ballot, from.proposerLife());
    Invariant.check(
        lives.getOrDefault(ballot, 0) == from.proposerLife(), "I2: %s of two lives", ballot);
  }

  private void proposes(Message.Accept accept) {
    Proposal proposal = new Proposal(accept.slot(), accept.ballot());
    Batch before = proposed.putIfAbsent(proposal, accept.batch());
    Invariant.check(before == null || before.equals(accept.batch()), "I2: two in %s", proposal);
  }

  private void promises(ReplicaId acceptor, Ballot ballot) {
    Ballot before = promised.getOrDefault(acceptor, Ballot.NONE);
    Invariant.check(!ballot.isBelow(before), "I3: %s: %s after %s", acceptor, ballot, before);
    promised.put(acceptor, ballot);
  }

  /** The disk of this acceptor holds it from now on. */
  void holds(ReplicaId acceptor, Acceptance held) {
    Proposal proposal = new Proposal(held.slot(), held.ballot());
    Invariant.check(held.batch().equals(proposed.get(proposal)), "I2: not proposed: %s", held);
    TreeSet<ReplicaId> set = holders.computeIfAbsent(proposal, p -> new TreeSet<>());
    set.add(acceptor);
    if (quorums.isPhase2(set)) {
      Batch before = chosen.putIfAbsent(held.slot(), held.batch());
      Invariant.check(before == null || before.equals(held.batch()), "I1: two chosen: %s", held);
    }
  }

  /** A life of a learner begins by saying what is applied already. */
  void applied(WholeReplica at, long slot) {
    if (slot == 0 || slot != at.state().applied()) {
      return;
    }
    Batch batch = at.state().at(slot);
    Invariant.check(batch.equals(chosen.get(slot)), "I6: %s applied %s", at.self(), slot);
    Object digest = at.state().digest();
    Object before = digests.putIfAbsent(slot, digest);
    Invariant.check(before == null || before.equals(digest), "I7: %s at %s", at.self(), slot);
  }
}
