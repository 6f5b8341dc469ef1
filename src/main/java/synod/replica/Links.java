package synod.replica;

import akka.actor.typed.ActorRef;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import synod.link.TcpNetwork;
import synod.paxos.Envelope;
import synod.paxos.Input;
import synod.paxos.Message;
import synod.paxos.Network;
import synod.paxos.ReplicaId;

/**
 * The network of one replica: its own actors, the electors of the others, which pass the token on
 * as remote actors do, and for all else the links of package {@code link}.
 */
final class Links implements Network, TcpNetwork.Hearer {
  private static final Logger LOG = LoggerFactory.getLogger(Links.class);

  private final ReplicaId self;
  private final Set<ReplicaId> others;
  private final Cluster cluster;
  private final Cuts cuts = new Cuts();
  private final Set<ReplicaId> opened = ConcurrentHashMap.newKeySet();
  private volatile Map<ReplicaId, ActorRef<Input<Message.ToElector>>> ring = Map.of();
  private final Tap tap;
  private volatile Consumer<Input<?>> own = input -> {};
  private volatile Network peers = envelope -> {};
  private volatile Runnable stir = () -> {};

  Links(ReplicaId self, Set<ReplicaId> others, Cluster cluster, Tap tap) {
    this.self = self;
    this.others = Set.copyOf(others);
    this.cluster = cluster;
    this.tap = tap;
  }

  Tap tap() {
    return tap;
  }

  /** Whom this replica is cut off from. */
  Cuts cuts() {
    return cuts;
  }

  /** Until this is called, tokens are lost. {@code electors}: those of the others. */
  void connectRing(Map<ReplicaId, ActorRef<Input<Message.ToElector>>> electors) {
    ring = Map.copyOf(electors);
  }

  /** Until this is called, what is sent to the own roles is lost. */
  void connectOwn(Roles roles) {
    own = roles::deliver;
  }

  /** Until this is called, what is sent to the others is lost, but for the token. */
  void connectPeers(Network network) {
    peers = network;
  }

  /** It is run before a role hears, or the ring is told, what no idle cluster says. */
  void connectPulse(Runnable stir) {
    this.stir = stir;
  }

  @Override
  public void send(Envelope<?> envelope) {
    if (envelope.to().equals(self)) {
      own.accept(tap.own(envelope));
    } else if (cuts.has(envelope.to())) {
      tap.lost(envelope);
    } else if (isOfTheRing(envelope.message())) {
      stir.run();
      tap.passed(envelope);
      pass(envelope.of(cluster.number()));
    } else {
      openTheRing(envelope);
      peers.send(envelope.of(cluster.number()));
    }
  }

  /**
   * The first question to a peer goes both ways: between remote actors a first message takes its
   * time, and a token should not be that one.
   */
  private void openTheRing(Envelope<?> envelope) {
    if (envelope.message() instanceof Message.Ping && opened.add(envelope.to())) {
      pass(envelope.of(cluster.number()));
    }
  }

  /** Keep-alives, heartbeats, pings, questions for news, and what is said to them. */
  private static boolean isIdleTalk(Message message) {
    return message instanceof Message.Confirm
        || message instanceof Message.Confirmed
        || message instanceof Message.Ping
        || message instanceof Message.Pong
        || message instanceof Message.Accepted
        || message instanceof Message.Chosen
        || message instanceof Message.Fetch
        || (message instanceof Message.Accept accept && accept.batch().noOp())
        || (message instanceof Message.Learned learned && learned.batches().isEmpty());
  }

  /** Whether it goes from actor to actor. */
  static boolean isOfTheRing(Message message) {
    return message instanceof Message.Token
        || message instanceof Message.TokenAck
        || message instanceof Message.Coordinator;
  }

  private void pass(Envelope<?> envelope) {
    ActorRef<Input<Message.ToElector>> next = ring.get(envelope.to());
    if (next != null) {
      next.tell(Roles.as(envelope));
    }
  }

  @Override
  public void gone(ReplicaId peer) {
    if (!cuts.has(peer)) {
      stir.run();
      own.accept(tap.own(new Envelope<>(self, self, new Message.Gone(peer))));
    }
  }

  /** What a peer says on its link. */
  @Override
  public void hear(Envelope<?> envelope, long connection, long place) {
    if (cuts.has(envelope.from())) {
      return;
    }
    if (admits(envelope)) {
      if (!isIdleTalk(envelope.message())) {
        stir.run();
      }
      own.accept(tap.heard(envelope, connection, place));
    } else {
      LOG.warn("dropped {}: not for this replica", envelope);
    }
  }

  @Override
  public void sent(Envelope<?> envelope, long connection, long place) {
    tap.sent(envelope, connection, place);
  }

  @Override
  public void lost(Envelope<?> envelope) {
    tap.lost(envelope);
  }

  /**
   * Whether the envelope is for this replica, from one that is configured and of the same cluster,
   * and what it says is for that one to say. Anyone who can connect can send anything.
   */
  boolean admits(Envelope<?> envelope) {
    boolean own = envelope.from().equals(self);
    return envelope.to().equals(self)
        && (own || others.contains(envelope.from()))
        && (own || !(envelope.message() instanceof Message.Local))
        && (own || cluster.admits(envelope));
  }
}
