package synod.sim;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import synod.kv.StateSummary;
import synod.paxos.Acceptance;
import synod.paxos.Ballot;
import synod.paxos.Batch;
import synod.paxos.Envelope;
import synod.paxos.Event;
import synod.paxos.Invariant;
import synod.paxos.Message;
import synod.paxos.Quorums;
import synod.paxos.ReplicaId;
import synod.paxos.Reply;

/**
 * Looks at all that leaves a role, all that a disk has and all that is applied, and ends the run
 * where one of these does not hold:
 *
 * <ol>
 *   <li>I1: in a slot at most one batch is held by the disks of a phase-2 quorum at one ballot.
 *   <li>I2: a ballot proposes one batch in a slot, and is borne by one life of one proposer.
 *   <li>I3: what an acceptor says never falls below what it has promised.
 *   <li>I4: when a prepare, a promise or an accepted leaves, its disk holds it.
 *   <li>I5: see {@link Recoveries}.
 *   <li>I6: what is applied is what was chosen, in order; who says that a slot or a prefix is
 *       chosen is right.
 *   <li>I7: states that have applied as much are equal, also after a restart or a snapshot, and
 *       answer alike.
 *   <li>I8: nothing is truncated that the own state could lose, and a promise leaves out nothing
 *       that was accepted but what it says is truncated.
 *   <li>I10: the slot that a leader tells for a read is not before anything that had been chosen
 *       when the read was asked for.
 *   <li>I9, I10: see {@link SlotOrder} too, and the history of {@link Clients}.
 *   <li>I11: no phase-1 quorum promises a higher ballot of another replica while a leader takes a
 *       lease for valid, whatever the clocks show.
 *   <li>I15: a leader has no more slots open than its window.
 *   <li>I16: see {@link MayAnswer}.
 * </ol>
 */
final class Invariants implements Observer {
  private record Proposal(long slot, Ballot ballot) implements Comparable<Proposal> {
    @Override
    public int compareTo(Proposal that) {
      return slot != that.slot ? Long.compare(slot, that.slot) : ballot.compareTo(that.ballot);
    }
  }

  private record Asked(ReplicaId gateway, long id) implements Comparable<Asked> {
    @Override
    public int compareTo(Asked that) {
      int byGateway = gateway.compareTo(that.gateway);
      return byGateway != 0 ? byGateway : Long.compare(id, that.id);
    }
  }

  private final Quorums quorums;
  private final int window;
  private final TreeMap<Proposal, Batch> proposed = new TreeMap<>();
  private final TreeMap<Proposal, TreeSet<ReplicaId>> holders = new TreeMap<>();
  private final TreeMap<Long, Batch> chosen = new TreeMap<>();
  private final TreeMap<Long, StateSummary> summaries = new TreeMap<>();
  private final TreeMap<Long, List<Reply>> answers = new TreeMap<>();
  private final TreeMap<ReplicaId, Ballot> promised = new TreeMap<>();
  private final TreeMap<Ballot, Integer> lives = new TreeMap<>();
  private final TreeMap<ReplicaId, Integer> ledIn = new TreeMap<>();
  private final TreeMap<ReplicaId, Long> applied = new TreeMap<>();

  /** What had been chosen when a gateway asked for the slot of a read. */
  private final TreeMap<Asked, Long> asked = new TreeMap<>();

  private long chosenPrefix;
  private final Recoveries recoveries;
  private final LeasesHeld leases;
  private final MayAnswer mayAnswer = new MayAnswer();

  Invariants(Plan plan) {
    this.quorums = plan.quorums();
    this.window = plan.number(Knob.WINDOW);
    this.chosenPrefix = plan.get(Knob.SLOT);
    this.recoveries = new Recoveries(quorums);
    this.leases = new LeasesHeld(plan);
  }

  /** The slots in which a batch was chosen. */
  int chosen() {
    return chosen.size();
  }

  int ballots() {
    return lives.size();
  }

  // ---------------------------------------------------------------- what leaves a role

  @Override
  public void sent(WholeReplica from, Envelope<?> envelope) {
    Message message = envelope.message();
    if (message instanceof Message.Prepare prepare) {
      onDisk(from.disk().holdsBallot(prepare.ballot()), envelope);
      lives(from, prepare.ballot());
    } else if (message instanceof Message.Accept accept) {
      lives(from, accept.ballot());
      proposes(accept, from.state().applied());
    } else if (message instanceof Message.Promise promise) {
      mayAnswer.answers(from, envelope);
      onDisk(from.disk().holdsPromise(promise.ballot()), envelope);
      tellsAll(from, promise);
      promises(from.self(), promise.ballot());
      leases.promised(from.self(), promise.ballot());
    } else if (message instanceof Message.Confirmed) {
      mayAnswer.answers(from, envelope);
    } else if (message instanceof Message.Accepted accepted) {
      mayAnswer.answers(from, envelope);
      onDisk(from.disk().holdsPromise(accepted.ballot()), envelope);
      onDisk(from.disk().holdsAcceptance(accepted.slot(), accepted.ballot()), envelope);
      mayAnswer.accepted(from, accepted.slot());
      promises(from.self(), accepted.ballot());
    } else if (message instanceof Message.SlotChosen one) {
      isChosenAt(one);
    } else if (message instanceof Message.Chosen prefix) {
      isChosen(prefix.chosen());
    } else if (message instanceof Message.ReadIndex) {
      boolean leads = ledIn.getOrDefault(from.self(), 0) == from.proposerLife();
      Invariant.check(leads, "I10: %s serves reads before its own no-op is chosen", from.self());
    } else if (message instanceof Message.Read read) {
      asked.put(new Asked(from.self(), read.id()), highestChosen());
    }
  }

  private void isChosenAt(Message.SlotChosen one) {
    Set<ReplicaId> held =
        holders.getOrDefault(new Proposal(one.slot(), one.ballot()), new TreeSet<>());
    Batch batch = proposed.get(new Proposal(one.slot(), one.ballot()));
    boolean is = held.size() >= quorums.phase2() || isChosen(one.slot(), batch);
    Invariant.check(is, "I6: not chosen: %s, which %s hold", one, held);
  }

  /** Where it is truncated no disk need hold it any more. */
  private boolean isChosen(long slot, @Nullable Batch batch) {
    return batch != null && batch.equals(chosen.get(slot));
  }

  private void isChosen(long prefix) {
    while (chosen.containsKey(chosenPrefix + 1)) {
      chosenPrefix++;
    }
    Invariant.check(prefix <= chosenPrefix, "I6: not all chosen up to %s", prefix);
  }

  private static void tellsAll(WholeReplica from, Message.Promise page) {
    long end = page.next() == 0 ? Long.MAX_VALUE : page.next();
    for (long slot : from.disk().acceptedBelow(page.ballot(), page.from(), end)) {
      boolean told =
          slot <= page.truncated() || page.accepted().stream().anyMatch(a -> a.slot() == slot);
      Invariant.check(told, "I8: %s leaves out slot %s: %s", from.self(), slot, page);
    }
  }

  @Override
  public void received(WholeReplica at, Envelope<?> envelope) {
    mayAnswer.received(at, envelope);
    if (envelope.message() instanceof Message.Promise promise) {
      recoveries.promised(envelope.from(), promise);
    } else if (envelope.message() instanceof Message.ReadIndex index) {
      long before = asked.getOrDefault(new Asked(at.self(), index.id()), 0L);
      Invariant.check(
          index.slot() >= before, "I10: %s had been chosen when %s was asked", before, index);
    }
  }

  private long highestChosen() {
    return chosen.isEmpty() ? 0 : chosen.lastKey();
  }

  @Override
  public void opened(World world) {
    mayAnswer.opened(world);
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

  private void proposes(Message.Accept accept, long applied) {
    Proposal proposal = new Proposal(accept.slot(), accept.ballot());
    Batch before = proposed.putIfAbsent(proposal, accept.batch());
    Invariant.check(before == null || before.equals(accept.batch()), "I2: two in %s", proposal);
    if (before == null) {
      recoveries.proposes(accept, applied);
    }
    Invariant.check(
        accept.slot() <= accept.chosen() + window,
        "I15: slot %s is open, and only %s is chosen",
        accept.slot(),
        accept.chosen());
    isChosen(accept.chosen());
  }

  private void promises(ReplicaId acceptor, Ballot ballot) {
    Ballot before = promised.getOrDefault(acceptor, Ballot.NONE);
    Invariant.check(!ballot.isBelow(before), "I3: %s: %s after %s", acceptor, ballot, before);
    promised.put(acceptor, ballot);
  }

  // ---------------------------------------------------------------- what happens

  @Override
  public void happened(WholeReplica at, Event event) {
    leases.happened(at, event);
    mayAnswer.happened(at, event);
    if (event instanceof Event.Truncated truncated) {
      long survives = at.state().survives();
      Invariant.check(
          truncated.slot() <= survives,
          "I8: %s truncated %s, and %s would survive",
          at.self(),
          truncated.slot(),
          survives);
    } else if (event instanceof Event.Led) {
      ledIn.put(at.self(), at.proposerLife());
    }
  }

  @Override
  public void wiped(WholeReplica at) {
    mayAnswer.wiped(at);
    forgets(at);
  }

  @Override
  public void backedUp(WholeReplica at) {
    mayAnswer.backedUp(at);
  }

  @Override
  public void putBack(WholeReplica at) {
    mayAnswer.putBack(at);
    forgets(at);
  }

  @Override
  public void damaged(WholeReplica at) {
    mayAnswer.damaged(at);
  }

  /**
   * What it had promised to those who did not get a quorum is nobody's any more, and so are its own
   * ballots at which nothing was proposed.
   */
  private void forgets(WholeReplica at) {
    promised.remove(at.self());
    TreeSet<Ballot> used = new TreeSet<>();
    proposed.keySet().forEach(proposal -> used.add(proposal.ballot()));
    lives.keySet().removeIf(b -> b.replica().equals(at.self()) && !used.contains(b));
  }

  @Override
  public void durable(WholeReplica at, Acceptance held) {
    Proposal proposal = new Proposal(held.slot(), held.ballot());
    Invariant.check(held.batch().equals(proposed.get(proposal)), "I2: not proposed: %s", held);
    TreeSet<ReplicaId> set = holders.computeIfAbsent(proposal, p -> new TreeSet<>());
    set.add(at.self());
    if (set.size() >= quorums.phase2()) {
      Batch before = chosen.putIfAbsent(held.slot(), held.batch());
      Invariant.check(before == null || before.equals(held.batch()), "I1: two chosen: %s", held);
    }
  }

  @Override
  public void applied(WholeReplica at, long slot, Batch batch, List<Reply> replies) {
    Invariant.check(batch.equals(chosen.get(slot)), "I6: %s applied %s", at.self(), slot);
    List<Reply> before = answers.putIfAbsent(slot, replies);
    Invariant.check(
        before == null || before.equals(replies), "I7: %s answers slot %s so", at.self(), slot);
    follows(at, slot);
    stateIs(at);
  }

  private void follows(WholeReplica at, long slot) {
    long before = applied.getOrDefault(at.self(), 0L);
    Invariant.check(slot > before, "I6: %s applied %s after %s", at.self(), slot, before);
    applied.put(at.self(), slot);
  }

  @Override
  public void installed(WholeReplica at, long before) {
    follows(at, at.state().applied());
    recounts(at);
  }

  @Override
  public void began(WholeReplica at) {
    applied.put(at.self(), at.state().applied());
    long truncated = at.disk().truncated();
    Invariant.check(
        truncated <= at.state().applied(),
        "I8: %s begins with slot %s, and has truncated %s",
        at.self(),
        at.state().applied(),
        truncated);
    recounts(at);
  }

  /** The state is what it is said to be, and equal to that of the others. */
  void recounts(WholeReplica at) {
    StateSummary summary = at.state().summary();
    StateSummary counted = at.state().recount();
    Invariant.check(
        counted.equals(summary), "I7: %s holds %s and says %s", at.self(), counted, summary);
    stateIs(at);
  }

  private void stateIs(WholeReplica at) {
    StateSummary summary = at.state().summary();
    StateSummary before = summaries.putIfAbsent(summary.applied(), summary);
    Invariant.check(
        before == null || before.equals(summary),
        "I7: %s at slot %s",
        at.self(),
        summary.applied());
  }
}
