package synod.paxos;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Linearizable reads without a slot: one round that confirms the ballot with a quorum serves all
 * reads that were waiting when it began (Paxos Made Moderately Complex, 4.2, "read-only commands",
 * with a quorum round in place of leases; {@link Lease} makes of a round what it can).
 *
 * <ol>
 *   <li>A read is served by a round that began after it arrived.
 *   <li>Its index is the last slot that had been proposed when the round began. Every write that
 *       was acknowledged by then is at or below it: it was chosen at this ballot, which proposed
 *       it, or at an earlier one, which phase 1 saw. At a later one it cannot have been: the round
 *       proves that no later ballot had a phase-1 quorum.
 *   <li>At most {@link #MOST_WAITING} wait for the next round: a gateway asks once for all that it
 *       has, and again now and then, so more are copies of what is asked already.
 * </ol>
 */
final class ReadRounds {
  static final int MOST_WAITING = 4096;

  record Waiting(ReplicaId gateway, long id) {}

  private final List<Waiting> waiting = new ArrayList<>();
  private final List<Waiting> served = new ArrayList<>();
  private final TreeSet<ReplicaId> confirmed = new TreeSet<>();
  private boolean open;
  private long round;
  private long index;
  private long sentAt;

  /** Whether there was room. */
  boolean add(ReplicaId gateway, long id) {
    return waiting.size() < MOST_WAITING && waiting.add(new Waiting(gateway, id));
  }

  boolean hasWaiting() {
    return !waiting.isEmpty();
  }

  /** Whether reads wait, and a round can begin for them. */
  boolean canBegin() {
    return !open && hasWaiting();
  }

  boolean isOpen() {
    return open;
  }

  int reads() {
    return served.size();
  }

  /** Begins a round for all that wait, and returns its number. */
  long begin(long lastProposed, long now) {
    Invariant.check(!open, "one read round at a time");
    open = true;
    served.addAll(waiting);
    waiting.clear();
    confirmed.clear();
    index = lastProposed;
    sentAt = now;
    round++;
    return round;
  }

  boolean unansweredSince(long time) {
    return open && sentAt <= time;
  }

  long sentAt() {
    return sentAt;
  }

  /** The number of the open round, which is being sent again. */
  long sendAgain(long now) {
    sentAt = now;
    return round;
  }

  /** Counts a confirmation of the open round; of any other round it is nothing, and false. */
  boolean confirm(ReplicaId acceptor, long confirmedRound) {
    boolean counts = open && confirmedRound == round;
    if (counts) {
      confirmed.add(acceptor);
    }
    return counts;
  }

  boolean confirmedBy(Quorums quorums) {
    return open && quorums.isPhase2(confirmed);
  }

  long index() {
    return index;
  }

  /** Ends the open round: these may be told the index. */
  List<Waiting> finish() {
    List<Waiting> done = List.copyOf(served);
    served.clear();
    open = false;
    return done;
  }

  /** Takes those for whom no round has begun. */
  List<Waiting> takeWaiting() {
    List<Waiting> taken = List.copyOf(waiting);
    waiting.clear();
    return taken;
  }

  void clear() {
    open = false;
    waiting.clear();
    served.clear();
  }
}
