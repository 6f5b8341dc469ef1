package synod.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import synod.paxos.Acceptance;
import synod.paxos.Ballot;
import synod.paxos.Batch;
import synod.paxos.Invariant;
import synod.paxos.Message;
import synod.paxos.Quorums;
import synod.paxos.ReplicaId;

/**
 * I5: what a ballot proposes is explained by the promises of some phase-1 quorum that its proposer
 * has heard: in each slot the batch of the highest ballot that they report, and no-ops in the gaps
 * below the highest reported slot (Paxos Made Simple, 2.2, P2c). No slot is passed over: the first
 * is not beyond what the own replica has applied, and each that follows is the next.
 */
final class Recoveries {
  private final Quorums quorums;
  private final TreeMap<Ballot, TreeMap<ReplicaId, Heard>> heard = new TreeMap<>();
  private final TreeMap<Ballot, List<NavigableMap<Long, Acceptance>>> explanations =
      new TreeMap<>();
  private final TreeMap<Ballot, Long> lastSlots = new TreeMap<>();

  /** What one acceptor has reported to one ballot, and whether that was all of it. */
  private static final class Heard {
    private final TreeMap<Long, Acceptance> reported = new TreeMap<>();
    private boolean whole;
  }

  Recoveries(Quorums quorums) {
    this.quorums = quorums;
  }

  void promised(ReplicaId acceptor, Message.Promise page) {
    if (!explanations.containsKey(page.ballot())) {
      var byAcceptor = heard.computeIfAbsent(page.ballot(), ballot -> new TreeMap<>());
      Heard one = byAcceptor.computeIfAbsent(acceptor, id -> new Heard());
      page.accepted().forEach(accepted -> one.reported.put(accepted.slot(), accepted));
      one.whole |= page.next() == 0;
    }
  }

  /** Of a slot that this ballot has not proposed before; {@code applied} where it is made. */
  void proposes(Message.Accept accept, long applied) {
    Long before = lastSlots.put(accept.ballot(), accept.slot());
    boolean follows = before == null ? accept.slot() <= applied + 1 : accept.slot() == before + 1;
    Invariant.check(
        follows,
        "I5: slot %s is proposed after %s at %s",
        accept.slot(),
        before == null ? applied : before,
        accept.ballot());
    var possible = explanations.computeIfAbsent(accept.ballot(), this::explanations);
    possible.removeIf(reported -> !explains(reported, accept));
    Invariant.check(
        !possible.isEmpty(),
        "I5: no promises explain %s in slot %s at %s",
        accept.batch(),
        accept.slot(),
        accept.ballot());
  }

  private static boolean explains(NavigableMap<Long, Acceptance> reported, Message.Accept accept) {
    if (reported.isEmpty() || accept.slot() > reported.lastKey()) {
      return true;
    }
    Acceptance highest = reported.get(accept.slot());
    Batch batch = accept.batch();
    return highest == null ? batch.noOp() : batch.equals(highest.batch());
  }

  /** What each phase-1 quorum of those that have told all would oblige to. */
  private List<NavigableMap<Long, Acceptance>> explanations(Ballot ballot) {
    List<NavigableMap<Long, Acceptance>> found = new ArrayList<>();
    TreeMap<ReplicaId, Heard> all = heard.getOrDefault(ballot, new TreeMap<>());
    all.values().removeIf(one -> !one.whole);
    List<ReplicaId> acceptors = List.copyOf(all.keySet());
    for (int subset = 0; subset < 1 << acceptors.size(); subset++) {
      TreeSet<ReplicaId> some = new TreeSet<>();
      for (int i = 0; i < acceptors.size(); i++) {
        if ((subset >> i & 1) == 1) {
          some.add(acceptors.get(i));
        }
      }
      if (some.size() >= quorums.phase1()) {
        found.add(highest(all, some));
      }
    }
    heard.remove(ballot);
    return found;
  }

  private static NavigableMap<Long, Acceptance> highest(
      Map<ReplicaId, Heard> all, Set<ReplicaId> some) {
    TreeMap<Long, Acceptance> highest = new TreeMap<>();
    all.forEach(
        (acceptor, one) -> {
          if (some.contains(acceptor)) {
            one.reported.forEach(
                (slot, accepted) ->
                    highest.merge(
                        slot, accepted, (a, b) -> a.ballot().isBelow(b.ballot()) ? b : a));
          }
        });
    return highest;
  }
}
