package synod.door;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.redis.FixedRedisMessagePool;
import io.netty.handler.codec.redis.RedisDecoder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import synod.link.Loop;
import synod.replica.Replica;

/** The one way in for clients: RESP on TCP, in front of a replica. */
@SuppressWarnings("FutureReturnValueIgnored") // a channel that fails is closed
public final class Door implements AutoCloseable {
  private static final int INLINE_BYTES = 64 * 1024;

  /** What one connection may read before the door looks at its bounds again. */
  private static final int READ = 32 * 1024;

  /** What a client does not take stays in its kernel's buffers first, then here. */
  private static final WriteBufferWaterMark ANSWERS =
      new WriteBufferWaterMark(64 * 1024, 128 * 1024);

  private static final long LONGEST_SWEEP = 500;

  private final Future<?> sweeping;
  private final Hall hall;
  private final Channel channel;

  private Door(EventLoopGroup loops, Hall hall, Channel channel) {
    this.hall = hall;
    this.channel = channel;
    long period = period(hall.limits());
    this.sweeping =
        loops.scheduleWithFixedDelay(this::sweep, period, period, TimeUnit.MILLISECONDS);
  }

  /**
   * Opens the door; when this method returns, clients are served, on the loop.
   *
   * @throws DoorException if the address cannot be taken
   */
  public static Door open(DoorSettings settings, Loop loop, Replica replica) {
    Hall hall = new Hall(settings, replica);
    ChannelFuture bound = bind(settings, loop.group(), hall);
    if (!bound.isSuccess()) {
      throw DoorException.notOpened(settings, bound.cause());
    }
    return new Door(loop.group(), hall, bound.channel());
  }

  private static ChannelFuture bind(DoorSettings settings, EventLoopGroup loops, Hall hall) {
    return new ServerBootstrap()
        .group(loops)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_REUSEADDR, true)
        .option(ChannelOption.SO_BACKLOG, 511)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_KEEPALIVE, true)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, ANSWERS)
        .childOption(
            ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(512, 4096, READ))
        .childHandler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel entering) {
                receive(entering, hall);
              }
            })
        .bind(new InetSocketAddress(settings.host(), settings.port()))
        .awaitUninterruptibly();
  }

  private static void receive(Channel channel, Hall hall) {
    Budget.Share share = hall.budget().share();
    RequestReader reader = new RequestReader(hall.limits(), share);
    Connection connection = new Connection(channel, hall, reader, share);
    if (hall.enter(connection)) {
      channel
          .pipeline()
          .addLast(new Traffic(hall.counters().bytesIn))
          .addLast(new BareLineEnds())
          .addLast(new RedisDecoder(INLINE_BYTES, FixedRedisMessagePool.INSTANCE, true))
          .addLast(reader)
          .addLast(connection);
    } else {
      byte[] full = "-ERR max number of clients reached\r\n".getBytes(StandardCharsets.US_ASCII);
      channel
          .writeAndFlush(channel.alloc().buffer(full.length).writeBytes(full))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  private static long period(DoorLimits limits) {
    long shortest =
        limits.idleLimit().isZero()
            ? limits.stallLimit().toMillis()
            : Math.min(limits.stallLimit().toMillis(), limits.idleLimit().toMillis());
    return Math.max(25, Math.min(LONGEST_SWEEP, shortest / 4));
  }

  private void sweep() {
    hall.rates().look(System.nanoTime());
    hall.connections().forEach(Connection::sweep);
  }

  /** The port that clients connect to. */
  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /** Lets nobody in any more and closes all connections; what is unanswered stays so. */
  @Override
  public void close() {
    sweeping.cancel(false);
    channel.close().awaitUninterruptibly();
    hall.connections().forEach(Connection::close);
  }
}
