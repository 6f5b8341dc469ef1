package synod.door;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.atomic.LongAdder;

/**
 * What leaves one connection. State: the bytes that the network has not taken yet, which are
 * charged to the connection's share of the door's memory, and when it last took some. For the event
 * loop of that connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a channel whose write fails becomes inactive
final class Outlet {
  private final Channel channel;
  private final Budget.Share share;
  private final LongAdder allBytes;
  private long unsent;
  private long moved = System.nanoTime();

  /** Onto that channel; what leaves is counted with that of all others. */
  Outlet(Channel channel, Budget.Share share, LongAdder allBytes) {
    this.allBytes = allBytes;
    this.channel = channel;
    this.share = share;
  }

  long unsent() {
    return unsent;
  }

  /** Whether the client takes what it is given. */
  boolean isOpen() {
    return channel.isWritable();
  }

  void write(ByteBuf out) {
    long bytes = out.readableBytes();
    moved = System.nanoTime();
    share.force(bytes);
    unsent += bytes;
    allBytes.add(bytes);
    channel.write(out).addListener(done -> sent(bytes));
  }

  /** Closes the connection once these bytes have left. */
  void writeLast(ByteBuf out) {
    allBytes.add(out.readableBytes());
    ChannelFuture sent = channel.writeAndFlush(out);
    sent.addListener(ChannelFutureListener.CLOSE);
  }

  private void sent(long bytes) {
    moved = System.nanoTime();
    unsent -= bytes;
    share.give(bytes);
  }

  /** Whether the client has taken nothing of what waits for so many nanoseconds. */
  boolean isDeaf(long now, long nanos) {
    return unsent > 0 && now - moved > nanos;
  }
}
