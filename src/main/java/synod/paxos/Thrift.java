package synod.paxos;

import java.util.ArrayList;
import java.util.List;

/**
 * Whom a leader presses to accept: a bare quorum, itself among it. The others get what it proposes
 * as well, for they have to learn it, but neither write it to their journals nor answer. That
 * spares two of five replicas most of their work for a slot.
 *
 * <p>When the quorum is too slow all are pressed for a while, and then another quorum is. State:
 * which quorum, and until when all are pressed.
 *
 * <p>Source: "thrifty" operation, There Is More Consensus in Egalitarian Parliaments (SOSP 2013),
 * 6.
 */
final class Thrift {
  /** So many times the patience passes before a quorum is tried again. */
  private static final int TIMES = 100;

  private final List<ReplicaId> replicas;
  private final int quorum;
  private final long patience;
  private int turn;
  private long allUntil = Long.MIN_VALUE;

  /**
   * @param patience ms for which the quorum is waited for; 0: all are always pressed
   */
  Thrift(List<ReplicaId> replicas, int quorum, long patience) {
    this.replicas = replicas;
    this.quorum = quorum;
    this.patience = patience;
  }

  /** Those who are pressed now. */
  List<ReplicaId> pressed(ReplicaId leader, long now) {
    if (patience == 0 || now < allUntil) {
      return replicas;
    }
    List<ReplicaId> pressed = new ArrayList<>(List.of(leader));
    int size = replicas.size();
    int first = replicas.indexOf(leader) + turn;
    for (int i = 1; pressed.size() < quorum; i++) {
      ReplicaId next = replicas.get((first + i) % size);
      if (!next.equals(leader)) {
        pressed.add(next);
      }
    }
    return pressed;
  }

  /** All others. */
  List<ReplicaId> spared(ReplicaId leader, long now) {
    List<ReplicaId> pressed = pressed(leader, now);
    return replicas.stream().filter(replica -> !pressed.contains(replica)).toList();
  }

  /** Whether what was said then, and has no quorum yet, is overdue. */
  boolean isOverdue(long saidAt, long now) {
    return patience > 0 && now >= allUntil && now - saidAt >= patience;
  }

  /** The quorum was too slow. */
  void tooSlow(long now) {
    allUntil = now + TIMES * patience;
    turn = (turn + 1) % replicas.size();
  }
}
