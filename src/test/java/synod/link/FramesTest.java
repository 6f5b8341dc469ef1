package synod.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import synod.paxos.Bytes;
import synod.paxos.Envelope;
import synod.paxos.Message;
import synod.paxos.ReplicaId;

class FramesTest {
  private final Counting codec = new Counting();
  private final Frames frames = new Frames(codec);

  /** A submit is its commands. */
  private static final class Counting implements Codec {
    private int encoded;

    @Override
    public byte[] encode(Message message) {
      encoded++;
      return ((Message.Submit) message).commands().array();
    }

    @Override
    public Message decode(byte[] bytes) {
      return new Message.Submit(Bytes.of(bytes));
    }
  }

  private ByteBuf frame(Message message, int to, long cluster) {
    return frames.encode(
        new Envelope<>(new ReplicaId(1), new ReplicaId(to), cluster, message),
        UnpooledByteBufAllocator.DEFAULT);
  }

  @Test
  void aFrameComesBackAsItWent() {
    ByteBuf frame = frame(new Message.Submit(Bytes.utf8("a b c")), 2, 77);

    assertEquals(frame.readInt(), frame.readableBytes());
    assertEquals(
        new Frames.Said(77, new Message.Submit(Bytes.utf8("a b c"))), frames.decode(frame));
  }

  @Test
  void whatGoesToAllIsEncodedOnce() {
    Message.Submit message = new Message.Submit(Bytes.utf8("to all"));

    ByteBuf one = Unpooled.copiedBuffer(frame(message, 2, 7));
    for (int to = 3; to <= 5; to++) {
      assertEquals(one, frame(message, to, 7));
    }

    assertEquals(1, codec.encoded);
    frame(message, 2, 8);
    assertEquals(2, codec.encoded);
    frames.forget();
    frame(message, 2, 8);
    assertEquals(3, codec.encoded);
  }

  @Test
  void everyFlippedBitIsSeen() {
    ByteBuf sent = frame(new Message.Submit(Bytes.utf8("some commands")), 2, 1234567890123L);
    sent.readInt();

    for (int bit = 0; bit < 8 * sent.readableBytes(); bit++) {
      ByteBuf spoiled = Unpooled.copiedBuffer(sent);
      spoiled.setByte(bit / 8, spoiled.getByte(bit / 8) ^ (1 << bit % 8));

      assertThrows(IllegalArgumentException.class, () -> frames.decode(spoiled), "bit " + bit);
    }
  }

  @Test
  void whatIsShorterThanAHeadIsNoFrame() {
    assertThrows(
        IllegalArgumentException.class,
        () -> frames.decode(Unpooled.buffer().writeInt(1).writeInt(2)));
  }

  @Test
  void nothingIsHeldOnceItIsForgotten() {
    ByteBuf frame = frame(new Message.Submit(Bytes.utf8("x")), 2, 7);

    frames.forget();

    assertEquals(1, frame.refCnt());
    assertSame(true, frame.release());
  }
}
