package synod.ring;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import synod.paxos.Event;
import synod.paxos.Message;
import synod.paxos.Outbox;
import synod.paxos.ReplicaId;

/**
 * With whom this replica exchanges messages. An answer proves a link in both directions; a message
 * that nobody asked for proves one, so only answers count.
 */
final class Reach {
  private final ReplicaId self;
  private final Ring ring;
  private final ElectorSettings.Detection detection;
  private final Map<ReplicaId, Long> answered = new TreeMap<>();
  private List<ReplicaId> told = List.of();
  private long pingAt;

  Reach(ReplicaId self, Ring ring, ElectorSettings.Detection detection) {
    this.self = self;
    this.ring = ring;
    this.detection = detection;
  }

  void start(long now) {
    pingAt = now;
    told = List.of(self);
  }

  /** {@code at}: when the question that was answered was asked, in ms. */
  void answered(ReplicaId by, long at) {
    answered.merge(by, at, Math::max);
  }

  /** Until it answers again. */
  void lost(ReplicaId replica) {
    answered.remove(replica);
  }

  /** In the order of the ring, this replica included. */
  List<ReplicaId> at(long now) {
    List<ReplicaId> reach = new ArrayList<>(ring.size());
    for (ReplicaId replica : ring.replicas()) {
      if (reaches(replica, now)) {
        reach.add(replica);
      }
    }
    return Collections.unmodifiableList(reach);
  }

  boolean reaches(ReplicaId replica, long now) {
    Long at = answered.get(replica);
    return replica.equals(self) || (at != null && now - at < detection.suspectMs());
  }

  void tick(long now, Outbox outbox) {
    if (now >= pingAt) {
      outbox.sendAll(ring.after(self), new Message.Ping(now));
      pingAt = now + detection.pingMs();
    }
    List<ReplicaId> reach = at(now);
    if (!reach.equals(told)) {
      told = reach;
      outbox.emit(new Event.ReachChanged(reach));
    }
  }
}
