package synod.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCountUtil;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import synod.paxos.Envelope;
import synod.paxos.Message;

/**
 * Envelopes as frames. What goes to all peers is one message in many envelopes: it is encoded once.
 * State: the last message, and its frame.
 */
final class Frames {
  /** Bytes of a frame before the message, without the length. */
  static final int HEAD = Integer.BYTES + Long.BYTES;

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
      frame.writeInt(HEAD + bytes.length).writeInt(checksum(envelope.cluster(), bytes));
      frame.writeLong(envelope.cluster()).writeBytes(bytes);
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

  /** What a frame says. */
  record Said(long cluster, Message message) {}

  /**
   * Reads what follows the length.
   *
   * @throws RuntimeException if it is no frame, in words for a log
   */
  Said decode(ByteBuf in) {
    if (in.readableBytes() < HEAD) {
      throw new IllegalArgumentException("a frame of " + in.readableBytes() + " bytes");
    }
    int checksum = in.readInt();
    long cluster = in.readLong();
    byte[] bytes = new byte[in.readableBytes()];
    in.readBytes(bytes);
    if (checksum(cluster, bytes) != checksum) {
      throw new IllegalArgumentException("a frame whose checksum is wrong");
    }
    return new Said(cluster, codec.decode(bytes));
  }

  /** TCP's own has 16 bits, and hardware on the way makes it anew. */
  private static int checksum(long cluster, byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue() ^ Long.hashCode(cluster);
  }
}
