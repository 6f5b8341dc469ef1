package synod.replica;

import java.util.List;
import java.util.TreeSet;
import synod.paxos.ReplicaId;

/**
 * The peers that a person has cut this replica off from, until they are healed or the process ends:
 * whatever goes there or comes from there is lost, as on a network that is cut. State: who. Read
 * for each message, by any thread.
 */
final class Cuts {
  private volatile List<ReplicaId> peers = List.of();

  synchronized void cut(ReplicaId peer) {
    TreeSet<ReplicaId> more = new TreeSet<>(peers);
    more.add(peer);
    peers = List.copyOf(more);
  }

  synchronized void heal(ReplicaId peer) {
    peers = peers.stream().filter(other -> !other.equals(peer)).toList();
  }

  synchronized void healAll() {
    peers = List.of();
  }

  boolean has(ReplicaId peer) {
    List<ReplicaId> now = peers;
    return !now.isEmpty() && now.contains(peer);
  }

  List<ReplicaId> peers() {
    return peers;
  }
}
