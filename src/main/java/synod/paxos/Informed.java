package synod.paxos;

import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who knows which prefix is chosen. It rides on every accept. Where none is on its way, those hear
 * of it at once who wait for it, because they have sent commands or reads; all others with the next
 * tick.
 */
final class Informed {
  private final TreeMap<ReplicaId, Long> told = new TreeMap<>();
  private final TreeSet<ReplicaId> waiting = new TreeSet<>();

  /** A ballot begins. */
  void clear() {
    told.clear();
    waiting.clear();
  }

  /** It has sent something, and waits for the slot in which that comes. */
  void waits(ReplicaId replica) {
    waiting.add(replica);
  }

  boolean isWaiting(ReplicaId replica) {
    return waiting.contains(replica);
  }

  void nobodyWaits() {
    waiting.clear();
  }

  /** They are told this by an accept. */
  void by(List<ReplicaId> replicas, long chosen) {
    replicas.forEach(replica -> told.put(replica, chosen));
  }

  void ofWaiting(Ballot ballot, long chosen, Outbox out) {
    waiting.forEach(replica -> tell(replica, ballot, chosen, out));
  }

  void ofAll(List<ReplicaId> replicas, Ballot ballot, long chosen, Outbox out) {
    replicas.forEach(replica -> tell(replica, ballot, chosen, out));
  }

  private void tell(ReplicaId replica, Ballot ballot, long chosen, Outbox out) {
    if (!replica.equals(out.self()) && told.getOrDefault(replica, 0L) < chosen) {
      told.put(replica, chosen);
      out.send(replica, new Message.Chosen(ballot, chosen));
    }
  }
}
