package synod.replica;

import java.util.Map;
import java.util.TreeMap;
import synod.paxos.Envelope;
import synod.paxos.Message;
import synod.paxos.Network;
import synod.paxos.ReplicaId;

/** The network of one replica: its own actors, and Artery's links to those of the others. */
final class Links implements Network {
  private final ReplicaId self;
  private final Map<ReplicaId, Network> peers;
  private final Cluster cluster;
  private volatile Network own = envelope -> {};

  Links(ReplicaId self, Map<ReplicaId, Network> peers, Cluster cluster) {
    this.self = self;
    this.cluster = cluster;
    this.peers = new TreeMap<>(peers);
  }

  /** Until this is called, what is sent to the own roles is lost. */
  void connectOwn(Roles roles) {
    own = roles::deliver;
  }

  @Override
  public void send(Envelope<?> envelope) {
    if (envelope.to().equals(self)) {
      own.send(envelope);
      return;
    }
    Network peer = peers.get(envelope.to());
    if (peer != null) {
      peer.send(envelope.of(cluster.number()));
    }
  }

  /**
   * Whether the envelope is for this replica, from one that is configured and of the same cluster,
   * and what it says is for that one to say. Anyone who can connect can send anything.
   */
  boolean admits(Envelope<?> envelope) {
    boolean own = envelope.from().equals(self);
    return envelope.to().equals(self)
        && (own || peers.containsKey(envelope.from()))
        && (own || !(envelope.message() instanceof Message.Local))
        && (own || cluster.admits(envelope));
  }
}
