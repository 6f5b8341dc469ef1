package synod.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import synod.paxos.Envelope;
import synod.paxos.ReplicaId;

/**
 * What comes on one connection: a greeting, and then the messages of the replica that it names.
 * Whoever says anything else is hung up on.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a channel that fails is closed
final class Incoming extends SimpleChannelInboundHandler<ByteBuf> {
  private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);

  /** Every replica pings several times a second. */
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final TcpNetwork network;
  private final Channel channel;
  private @Nullable ReplicaId speaker;
  private long connection;

  /** Frames that came after the greeting: in a trace, what a message is known by. */
  private long frames;

  private long lastHeard = System.nanoTime();

  Incoming(TcpNetwork network, Channel channel) {
    this.network = network;
    this.channel = channel;
  }

  /**
   * What a message may be longer than what it carries: names and numbers, and in an answer to a
   * fetch or a prepare a page of batches before the last one.
   */
  private static final int ALLOWANCE = 1 << 20;

  /** Splits a stream into frames of at most so many bytes. */
  static LengthFieldBasedFrameDecoder framing(int longest) {
    return new LengthFieldBasedFrameDecoder(longest + Integer.BYTES, 0, Integer.BYTES, 0, 4);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
    lastHeard = System.nanoTime();
    ReplicaId from = speaker;
    if (from == null) {
      greeted(context, Greeting.read(frame));
    } else {
      Frames.Said said = network.frames().decode(frame);
      frames++;
      network
          .hearer()
          .hear(
              new Envelope<>(from, network.self(), said.cluster(), said.message()),
              connection,
              frames);
    }
  }

  private void greeted(ChannelHandlerContext context, Greeting greeting) {
    network.check(greeting);
    speaker = greeting.from();
    connection = greeting.connection();
    context
        .pipeline()
        .replace(
            LengthFieldBasedFrameDecoder.class,
            "frames",
            framing(network.maxMessage() + ALLOWANCE));
    network.greetedBy(greeting.from());
    look();
  }

  /** From time to time: shows the speaker that it is heard. */
  void look() {
    if (System.nanoTime() - lastHeard > SILENCE_NANOS) {
      channel.close();
    } else if (speaker != null) {
      channel.writeAndFlush(channel.alloc().buffer(Integer.BYTES).writeInt(0));
    }
  }

  void close() {
    channel.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    network.left(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A peer that dies resets its connections: the elector tells of it.
    if (!(cause instanceof IOException)
        && channel.remoteAddress() instanceof InetSocketAddress at) {
      String trouble = at.getHostString() + ": " + cause.getMessage();
      if (network.isNews(trouble)) {
        LOG.warn("hung up on {}", trouble);
      }
    }
    context.close();
  }
}
