package synod.link;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import synod.paxos.Envelope;

/**
 * What a replica says to one peer. It dials for as long as it is open; what is said while nobody
 * listens, or while the queue is full, is lost. Runs on the loop alone.
 *
 * <p>A listener that shows no sign of life is dialled anew: after a cut in the network the kernel
 * would keep an old connection waiting for minutes.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a channel that fails is closed, and dialled anew
final class Outgoing {
  private static final int CONNECT_MS = 1000;
  private static final long REDIAL_MS = 200;

  /** A connection that ends is dialled anew this soon, to find out whether anybody is there. */
  private static final long REDIAL_SOON_MS = 10;

  /**
   * As often as that: the system closes a dying process's listener some time after a connection.
   */
  private static final int SOON = 10;

  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final EventLoop loop;
  private final LinkSettings settings;
  private final LinkSettings.Member peer;
  private final Frames frames;
  private final TcpNetwork.Hearer hearer;
  private @Nullable Channel channel;
  private long connection;

  /** Messages on this connection so far. */
  private long messages;

  private boolean dialling;
  private boolean flushing;
  private boolean closed;
  private long lastSign;

  /** Attempts to dial since the peer was heard last; beyond {@link #SOON} they are not counted. */
  private int attempts = SOON;

  /**
   * {@code hearer} hears what becomes of messages, and when nobody listens any more where the peer
   * did.
   */
  Outgoing(
      EventLoop loop,
      LinkSettings settings,
      LinkSettings.Member peer,
      Frames frames,
      TcpNetwork.Hearer hearer) {
    this.loop = loop;
    this.settings = settings;
    this.peer = peer;
    this.frames = frames;
    this.hearer = hearer;
  }

  // ---------------------------------------------------------------- speaking

  void send(Envelope<?> envelope) {
    Channel to = channel;
    if (to == null || !to.isWritable()) {
      hearer.lost(envelope);
      return;
    }
    to.write(frames.encode(envelope, to.alloc()), to.voidPromise());
    messages++;
    hearer.sent(envelope, connection, messages);
    if (!flushing) {
      flushing = true;
      // Behind all that the roles are about to say in this turn of the loop.
      loop.execute(this::flush);
    }
  }

  private void flush() {
    flushing = false;
    if (channel != null) {
      channel.flush();
    }
  }

  // ---------------------------------------------------------------- the connection

  /** Dials now, if it is not connected. */
  void dial() {
    if (channel != null || dialling || closed) {
      return;
    }
    dialling = true;
    // A name may take the resolver its time, which is nobody's on the loop.
    CompletableFuture.supplyAsync(() -> new InetSocketAddress(peer.host(), peer.port()))
        .whenCompleteAsync(
            (address, failure) -> {
              if (failure == null && !address.isUnresolved()) {
                connect(address);
              } else {
                redial();
              }
            },
            loop);
  }

  private void connect(InetSocketAddress address) {
    new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MS)
        .option(
            ChannelOption.WRITE_BUFFER_WATER_MARK,
            new WriteBufferWaterMark(settings.maxQueue() - 1, settings.maxQueue()))
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel opening) {
                opening.pipeline().addLast(new Ear());
              }
            })
        .connect(address)
        .addListener(connected -> connected(((ChannelFuture) connected)));
  }

  private void connected(ChannelFuture attempt) {
    if (!attempt.isSuccess()) {
      if (isRefusal(attempt.cause()) && attempts < SOON) {
        attempts = SOON;
        hearer.gone(peer.id());
      }
      redial();
      return;
    }
    dialling = false;
    Channel opened = attempt.channel();
    if (closed || !opened.isActive()) {
      opened.close();
      redial();
      return;
    }
    connection = ThreadLocalRandom.current().nextLong();
    messages = 0;
    ByteBuf greeting = opened.alloc().buffer();
    new Greeting(settings.cluster(), settings.self(), peer.id(), connection).write(greeting);
    opened.writeAndFlush(greeting);
    channel = opened;
    lastSign = System.nanoTime();
  }

  /** And no timeout: the peer's machine says that nobody listens there. */
  private static boolean isRefusal(Throwable cause) {
    return cause instanceof ConnectException && !(cause instanceof ConnectTimeoutException);
  }

  private void redial() {
    dialling = false;
    if (!closed) {
      long wait = attempts < SOON ? REDIAL_SOON_MS : REDIAL_MS;
      attempts = Math.min(attempts + 1, SOON);
      loop.schedule(this::dial, wait, TimeUnit.MILLISECONDS);
    }
  }

  /** From time to time. */
  void look() {
    if (channel != null && System.nanoTime() - lastSign > SILENCE_NANOS) {
      channel.close();
    }
  }

  void close() {
    closed = true;
    if (channel != null) {
      channel.close();
    }
  }

  /** Hears signs of life, and the end of the connection. */
  private final class Ear extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ReferenceCountUtil.release(message);
      lastSign = System.nanoTime();
      attempts = 0;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (context.channel() == channel) {
        channel = null;
        redial();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
