package synod.door;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Lets a person talk to the door by nc, which ends a line with LF alone; the decoder takes CR LF
 * only. It leaves the pipeline at the first line that begins with '*', before which no binary can
 * stand: a program's connection passes it once.
 */
final class BareLineEnds extends ChannelInboundHandlerAdapter {
  private byte last = '\n';

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    if (isFrame(in)) {
      pass(context, in);
      return;
    }
    ByteBuf out = context.alloc().buffer(in.readableBytes() + 16);
    copyLines(in, out);
    boolean frame = in.isReadable();
    out.writeBytes(in);
    in.release();
    if (frame) {
      pass(context, out);
    } else {
      context.fireChannelRead(out);
    }
  }

  private void pass(ChannelHandlerContext context, ByteBuf frames) {
    context.fireChannelRead(frames);
    context.pipeline().remove(this);
  }

  private boolean isFrame(ByteBuf in) {
    return last == '\n' && in.isReadable() && in.getByte(in.readerIndex()) == '*';
  }

  private void copyLines(ByteBuf in, ByteBuf out) {
    while (in.isReadable() && !isFrame(in)) {
      byte read = in.readByte();
      if (read == '\n' && last != '\r') {
        out.writeByte('\r');
      }
      out.writeByte(read);
      last = read;
    }
  }
}
