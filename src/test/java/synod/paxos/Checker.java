package synod.paxos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Watches a cluster and fails at the first step that breaks an invariant: agreement (I1), one batch
 * per slot and ballot and one life per ballot (I2), promises that never fall (I3), write before
 * speak (I4), proposals that keep what was chosen (I5), applied = chosen (I6), and linearizable
 * reads. The numbers are those of the invariants in the documentation of the protocol.
 */
final class Checker implements Cluster.Watcher {
  private final Quorums quorums;
  private final Map<String, Batch> proposed = new TreeMap<>();
  private final Map<String, TreeSet<ReplicaId>> acceptors = new TreeMap<>();
  private final TreeMap<Long, Acceptance> chosen = new TreeMap<>();
  private final Map<Ballot, Object> lives = new TreeMap<>();
  private final Map<ReplicaId, Ballot> promised = new TreeMap<>();
  private final Map<Long, Long> readFloors = new TreeMap<>();
  private final List<Batch> applied = new ArrayList<>();
  private long answeredReads;
  private long adopted;

  Checker(Quorums quorums) {
    this.quorums = quorums;
  }

  long chosenSlots() {
    return chosen.size();
  }

  long answeredReads() {
    return answeredReads;
  }

  long adopted() {
    return adopted;
  }

  /** A read starts now: it must see all that any client can have seen. */
  void reads(long id) {
    readFloors.put(id, (long) applied.size());
  }

  @Override
  public void sent(Node from, Envelope<?> envelope) {
    Message message = envelope.message();
    Invariant.check(from.journal().holds(message), "I4: not on disk: %s", envelope);
    if (message instanceof Message.Prepare prepare) {
      ballotOf(from, prepare.ballot());
    } else if (message instanceof Message.Accept accept) {
      proposed(from, accept);
    } else if (message instanceof Message.Promise promise) {
      neverFalls(from, promise.ballot());
    } else if (message instanceof Message.Accepted accepted) {
      neverFalls(from, accepted.ballot());
      accepted(from, accepted);
    } else if (message instanceof Message.ReadIndex index) {
      long floor = Optional.ofNullable(readFloors.get(index.id())).orElseThrow();
      Invariant.check(index.slot() >= floor, "read %s at %s < %s", index.id(), index.slot(), floor);
      answeredReads++;
    }
  }

  private void ballotOf(Node from, Ballot ballot) {
    Object life = lives.computeIfAbsent(ballot, b -> from.proposerLife());
    Invariant.check(life == from.proposerLife(), "I2: %s used by two lives", ballot);
  }

  private void proposed(Node from, Message.Accept accept) {
    ballotOf(from, accept.ballot());
    Batch before =
        proposed.computeIfAbsent(key(accept.ballot(), accept.slot()), k -> accept.batch());
    Invariant.check(before.equals(accept.batch()), "I2: two batches: %s, %s", before, accept);
    Acceptance done = chosen.get(accept.slot());
    if (done != null && done.ballot().isBelow(accept.ballot())) {
      Invariant.check(done.batch().equals(accept.batch()), "I5: %s is chosen: %s", done, accept);
    }
  }

  private void neverFalls(Node from, Ballot ballot) {
    Ballot before = promised.getOrDefault(from.id(), Ballot.NONE);
    Invariant.check(!ballot.isBelow(before), "I3: %s of %s after %s", ballot, from.id(), before);
    promised.put(from.id(), ballot);
  }

  private void accepted(Node from, Message.Accepted message) {
    String key = key(message.ballot(), message.slot());
    Batch batch = Optional.ofNullable(proposed.get(key)).orElseThrow();
    TreeSet<ReplicaId> set = acceptors.computeIfAbsent(key, k -> new TreeSet<>());
    set.add(from.id());
    if (quorums.isPhase2(set)) {
      var now = new Acceptance(message.slot(), message.ballot(), batch);
      Acceptance before = chosen.putIfAbsent(message.slot(), now);
      Invariant.check(
          before == null || before.batch().equals(batch), "I1: both chosen: %s, %s", before, now);
    }
  }

  private static String key(Ballot ballot, long slot) {
    return ballot + "@" + slot;
  }

  @Override
  public void happened(Node at, Event event) {
    if (event instanceof Event.Recovered recovered) {
      adopted += recovered.adopted();
    }
  }

  @Override
  public void applied(Node at, long slot, Batch batch) {
    Optional<Batch> right = Optional.ofNullable(chosen.get(slot)).map(Acceptance::batch);
    Invariant.check(
        right.equals(Optional.of(batch)),
        "I6: %s applied %s in %s, chosen is %s",
        at.id(),
        batch,
        slot,
        right);
    if (slot > applied.size()) {
      applied.add(batch);
    }
  }
}
