package synod.link;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import synod.paxos.Envelope;
import synod.paxos.Network;
import synod.paxos.ReplicaId;

/** The links of one replica to all others. Any thread may send. */
@SuppressWarnings("FutureReturnValueIgnored") // a channel that fails is closed
public final class TcpNetwork implements Network, AutoCloseable {
  private static final long LOOK_MS = 1000;

  /** Of one peer: an old one may not know yet that it is dead. */
  private static final int MOST_CONNECTIONS = 8;

  /** So many different troubles with those who connect are told. */
  private static final int MOST_TROUBLES = 100;

  private static final int LONGEST_END_SECONDS = 5;

  /** Hears of the peers. */
  public interface Hearer {
    /**
     * Something came.
     *
     * @param connection the name of the connection, which both ends know and no other has
     * @param place which message on that connection it is, from 1; the sender counts the same
     */
    void hear(Envelope<?> envelope, long connection, long place);

    /** Something leaves, as that message on that connection. Called on the loop. */
    default void sent(Envelope<?> envelope, long connection, long place) {}

    /** Nobody is connected there, or too much waits already. Called on the loop. */
    default void lost(Envelope<?> envelope) {}

    /** Nobody listens any more where this peer did: its process has ended. */
    default void gone(ReplicaId peer) {}
  }

  private final LinkSettings settings;
  private final Hearer hearer;
  private final EventLoop loop;
  private final Frames frames;
  private final Map<ReplicaId, Outgoing> outgoing = new TreeMap<>();
  private final Set<Incoming> incoming = new LinkedHashSet<>();
  private final Set<String> troubles = new LinkedHashSet<>();
  private final Channel listener;
  private final Future<?> looking;

  private TcpNetwork(LinkSettings settings, Codec codec, Loop loop, Hearer hearer) {
    this.settings = settings;
    this.hearer = hearer;
    this.loop = loop.group().next();
    this.frames = new Frames(codec);
    for (LinkSettings.Member peer : settings.peers()) {
      outgoing.put(peer.id(), new Outgoing(this.loop, settings, peer, frames, hearer));
    }
    this.listener = listen(loop);
    this.looking =
        this.loop.scheduleWithFixedDelay(this::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
  }

  /**
   * Listens.
   *
   * @param hearer is called on the loop
   * @throws LinkException if the port cannot be opened
   */
  public static TcpNetwork open(LinkSettings settings, Codec codec, Loop loop, Hearer hearer) {
    return new TcpNetwork(settings, codec, loop, hearer);
  }

  /** Begins to dial the others. */
  public void dial() {
    loop.execute(() -> outgoing.values().forEach(Outgoing::dial));
  }

  private Channel listen(Loop on) {
    LinkSettings.Member own = settings.own();
    ChannelFuture bound =
        new ServerBootstrap()
            .group(on.group())
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel entering) {
                    enter(entering);
                  }
                })
            .bind(new InetSocketAddress(own.host(), own.port()))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      String why = String.valueOf(bound.cause().getMessage());
      throw new LinkException(
          String.format(
              "cannot listen for replicas on %s:%d: %s (link-port of replica %s)",
              own.host(), own.port(), why, own.id()),
          bound.cause());
    }
    return bound.channel();
  }

  private void enter(Channel entering) {
    if (incoming.size() >= MOST_CONNECTIONS * settings.members().size()) {
      entering.close();
      return;
    }
    Incoming speaker = new Incoming(this, entering);
    incoming.add(speaker);
    entering.pipeline().addLast(Incoming.framing(Greeting.LONGEST)).addLast(speaker);
  }

  // ---------------------------------------------------------------- speaking

  @Override
  public void send(Envelope<?> envelope) {
    if (loop.inEventLoop()) {
      sendHere(envelope);
    } else {
      loop.execute(() -> sendHere(envelope));
    }
  }

  private void sendHere(Envelope<?> envelope) {
    Outgoing peer = outgoing.get(envelope.to());
    if (peer != null) {
      peer.send(envelope);
    }
  }

  // ---------------------------------------------------------------- hearing

  ReplicaId self() {
    return settings.self();
  }

  int maxMessage() {
    return settings.maxMessage();
  }

  Frames frames() {
    return frames;
  }

  Hearer hearer() {
    return hearer;
  }

  /** It speaks, so it listens. */
  void greetedBy(ReplicaId peer) {
    Outgoing back = outgoing.get(peer);
    if (back != null) {
      back.dial();
    }
  }

  /**
   * Whether this is a greeting of a peer to this replica.
   *
   * @throws IllegalArgumentException if not, in words for a log
   */
  void check(Greeting greeting) {
    if (!greeting.cluster().equals(settings.cluster())) {
      throw new IllegalArgumentException(
          String.format(
              "it is of cluster '%s', this one of '%s'", greeting.cluster(), settings.cluster()));
    }
    if (!greeting.to().equals(self()) || !outgoing.containsKey(greeting.from())) {
      throw new IllegalArgumentException(
          String.format(
              "replica %s wants replica %s, this is %s: their lists of replicas differ",
              greeting.from(), greeting.to(), self()));
    }
  }

  /** Whether nobody has been told of it yet: who is hung up on comes again, five times a second. */
  boolean isNews(String trouble) {
    return troubles.size() < MOST_TROUBLES && troubles.add(trouble);
  }

  void left(Incoming speaker) {
    incoming.remove(speaker);
  }

  // ---------------------------------------------------------------- from time to time

  private void look() {
    outgoing.values().forEach(Outgoing::look);
    List.copyOf(incoming).forEach(Incoming::look);
    frames.forget();
  }

  /** Hangs up on all. When this returns, the port is free. */
  @Override
  public void close() {
    looking.cancel(false);
    Promise<Void> over = loop.newPromise();
    loop.execute(
        () -> {
          listener.close();
          outgoing.values().forEach(Outgoing::close);
          List.copyOf(incoming).forEach(Incoming::close);
          frames.forget();
          // A selector holds a closed socket until the loop's next turn.
          loop.schedule(() -> over.setSuccess(null), 1, TimeUnit.MILLISECONDS);
        });
    over.awaitUninterruptibly(LONGEST_END_SECONDS, TimeUnit.SECONDS);
  }
}
