package synod.paxos;

import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;

/**
 * The promises that one ballot has gathered, and what they oblige its proposer to.
 *
 * <ol>
 *   <li>It is complete when a phase-1 quorum has sent its last page.
 *   <li>A slot that any promise reports gets the batch of the highest ballot reported for it (I5);
 *       a slot below the highest reported one that nobody reports is a gap.
 *   <li>Only slots that the own replica has applied are proposed no more. What others know to be
 *       chosen is: they may die, and then nobody could tell of those slots which batch was chosen.
 * </ol>
 *
 * <p>Source: Paxos Made Simple, 3 (phase 1 for all instances at once).
 */
final class Phase1 {
  private final Ballot ballot;
  private final Quorums quorums;
  private final TreeMap<ReplicaId, Long> expectedPage = new TreeMap<>();
  private final TreeSet<ReplicaId> finished = new TreeSet<>();
  private final TreeMap<Long, Acceptance> highest = new TreeMap<>();
  private final long from;
  private long first;
  private long truncated;

  Phase1(Ballot ballot, long from, Quorums quorums) {
    this.ballot = ballot;
    this.from = from;
    this.first = from;
    this.quorums = quorums;
  }

  /** The page that this acceptor has to send next; nothing if it has sent its last. */
  OptionalLong missingPage(ReplicaId acceptor) {
    return finished.contains(acceptor)
        ? OptionalLong.empty()
        : OptionalLong.of(expectedPage.getOrDefault(acceptor, from));
  }

  /** Takes a page if it is the expected one. Returns whether it was news. */
  boolean add(ReplicaId acceptor, Message.Promise page) {
    OptionalLong expected = missingPage(acceptor);
    if (!page.ballot().equals(ballot)
        || expected.isEmpty()
        || expected.getAsLong() != page.from()) {
      return false;
    }
    if (acceptor.equals(ballot.replica())) {
      first = Math.max(first, page.chosen() + 1);
    }
    truncated = Math.max(truncated, page.truncated());
    page.accepted().forEach(this::adoptHighest);
    highest.headMap(first).clear();
    if (page.next() == 0) {
      finished.add(acceptor);
    } else {
      expectedPage.put(acceptor, page.next());
    }
    return true;
  }

  private void adoptHighest(Acceptance reported) {
    Invariant.check(
        reported.ballot().isBelow(ballot), "%s reported at ballot %s", reported.ballot(), ballot);
    highest.merge(
        reported.slot(), reported, BinaryOperator.maxBy(Comparator.comparing(Acceptance::ballot)));
  }

  boolean complete() {
    return quorums.isPhase1(finished);
  }

  /** The first slot that was asked for. */
  long from() {
    return from;
  }

  /** Up to here some acceptor can tell nothing any more: all of it is chosen. */
  long truncated() {
    return truncated;
  }

  /** The first slot that this ballot has to propose: all before it are applied here. */
  long first() {
    return first;
  }

  /** The last slot that anybody has accepted; {@code first() - 1} if nobody has. */
  long last() {
    return highest.isEmpty() ? first - 1 : highest.lastKey();
  }

  /** What the slot must be filled with; nothing if it is a gap. */
  Optional<Batch> adopted(long slot) {
    return Optional.ofNullable(highest.get(slot)).map(Acceptance::batch);
  }

  /** At which ballot that batch was accepted; nothing if the slot is a gap. */
  Optional<Ballot> adoptedFrom(long slot) {
    return Optional.ofNullable(highest.get(slot)).map(Acceptance::ballot);
  }

  int adoptions() {
    return highest.size();
  }

  int gaps() {
    return Math.toIntExact(last() - first + 1 - highest.size());
  }
}
