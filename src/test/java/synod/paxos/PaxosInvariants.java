package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import synod.testing.MemoryJournal;

/**
 * What must hold whatever happens:
 *
 * <ol>
 *   <li>I1: in a slot at most one batch is accepted by a phase-2 quorum at one ballot.
 *   <li>I2: a ballot proposes one batch in a slot, and bears prepares from one slot on only.
 *   <li>I3: what an acceptor promises never falls, and it accepts nothing below.
 *   <li>I4: when a prepare, a promise or an accepted leaves, all that was written is on disk.
 *   <li>I6: what is applied is what was chosen, the same everywhere.
 * </ol>
 */
final class PaxosInvariants {
  private final Quorums quorums;
  private final Map<ReplicaId, PaxosReplica> replicas;
  private final TreeMap<String, Batch> proposed = new TreeMap<>();
  private final TreeMap<String, TreeSet<ReplicaId>> acceptors = new TreeMap<>();
  private final TreeMap<Long, Batch> chosen = new TreeMap<>();
  private final TreeMap<ReplicaId, Ballot> promised = new TreeMap<>();

  PaxosInvariants(Quorums quorums, Map<ReplicaId, PaxosReplica> replicas) {
    this.quorums = quorums;
    this.replicas = replicas;
  }

  void leaves(Envelope<?> envelope) {
    Message message = envelope.message();
    if (message instanceof Message.Accept accept) {
      Batch before = proposed.putIfAbsent(key(accept.ballot(), accept.slot()), accept.batch());
      assertTrue(before == null || before.equals(accept.batch()), "I2: two batches: " + accept);
    } else if (message instanceof Message.Prepare prepare) {
      onDisk(!journal(envelope).durableBallot().isBelow(prepare.ballot()), message);
      assertFalse(
          proposed.keySet().stream().anyMatch(key -> key.endsWith("@" + prepare.ballot())),
          "I2: a prepare of a ballot that has proposed: " + prepare);
    } else if (message instanceof Message.Promise promise) {
      onDisk(!journal(envelope).durablePromise().isBelow(promise.ballot()), message);
      promises(envelope.from(), promise.ballot());
    } else if (message instanceof Message.Accepted accepted) {
      onDisk(journal(envelope).isDurable(accepted.slot()), message);
      onDisk(!journal(envelope).durablePromise().isBelow(accepted.ballot()), message);
      promises(envelope.from(), accepted.ballot());
      accepts(envelope.from(), accepted);
    }
  }

  private MemoryJournal journal(Envelope<?> envelope) {
    return Objects.requireNonNull(replicas.get(envelope.from())).journal;
  }

  private static void onDisk(boolean is, Message message) {
    assertTrue(is, "I4: not on disk: " + message);
  }

  private void promises(ReplicaId acceptor, Ballot ballot) {
    Ballot before = promised.getOrDefault(acceptor, Ballot.NONE);
    assertFalse(ballot.isBelow(before), "I3: " + acceptor + " fell to " + ballot);
    promised.put(acceptor, ballot);
  }

  private void accepts(ReplicaId acceptor, Message.Accepted accepted) {
    String key = key(accepted.ballot(), accepted.slot());
    TreeSet<ReplicaId> set = acceptors.computeIfAbsent(key, k -> new TreeSet<>());
    set.add(acceptor);
    Batch batch = proposed.get(key);
    assertTrue(batch != null, "accepted what nobody proposed: " + accepted);
    if (quorums.isPhase2(set)) {
      Batch before = chosen.putIfAbsent(accepted.slot(), batch);
      assertTrue(before == null || before.equals(batch), "I1: two batches chosen: " + accepted);
    }
  }

  private static String key(Ballot ballot, long slot) {
    return slot + "@" + ballot;
  }

  /** I6. */
  void check() {
    replicas.forEach(
        (id, replica) -> {
          List<Batch> applied = replica.machine.batches();
          for (int i = 0; i < applied.size(); i++) {
            assertEquals(chosen.get(i + 1L), applied.get(i), "I6: replica " + id + " slot " + i);
          }
        });
  }
}
