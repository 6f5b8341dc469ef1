package synod.door;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.LongAdder;

/** Counts the bytes that come in. */
final class Traffic extends ChannelInboundHandlerAdapter {
  private final LongAdder bytes;

  Traffic(LongAdder bytes) {
    this.bytes = bytes;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    bytes.add(((ByteBuf) message).readableBytes());
    context.fireChannelRead(message);
  }
}
