package synod.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import synod.paxos.Envelope;
import synod.paxos.Message;

/**
 * Envelopes as frames. What goes to all peers is one message in many envelopes: it is encoded once.
 * State: the last message, and its frame.
 */
final class Frames {
  /** Bytes of a frame before the message, without the length. */
  static final int HEAD = Long.BYTES;

  private final Codec codec;
  private @Nullable Message last;
  private long lastCluster;
  private ByteBuf frame = Unpooled.EMPTY_BUFFER;

  Frames(Codec codec) {
    this.codec = codec;
  }

  /** The caller releases it. */
  ByteBuf encode(Envelope<?> envelope, ByteBufAllocator buffers) {
    if (envelope.message() != last || envelope.cluster() != lastCluster) {
      forget();
      byte[] bytes = codec.encode(envelope.message());
      frame = buffers.buffer(Integer.BYTES + HEAD + bytes.length);
      frame.writeInt(HEAD + bytes.length).writeLong(envelope.cluster()).writeBytes(bytes);
      last = envelope.message();
      lastCluster = envelope.cluster();
    }
    return frame.retainedDuplicate();
  }

  /** Lets go of what it holds. */
  void forget() {
    last = null;
    ReferenceCountUtil.release(frame);
    frame = Unpooled.EMPTY_BUFFER;
  }

  /** The message behind the head of a frame. */
  Message decode(ByteBuf in) {
    byte[] bytes = new byte[in.readableBytes()];
    in.readBytes(bytes);
    return codec.decode(bytes);
  }
}
