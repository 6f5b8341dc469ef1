package synod.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import synod.paxos.ReplicaId;

class GreetingTest {
  private static final Greeting GREETING =
      new Greeting("synod-ä", new ReplicaId(1), new ReplicaId(2), 0x123456789abcdefL);
  private static final int VERSION_AT = Integer.BYTES + 5;

  private static ByteBuf written() {
    ByteBuf bytes = Unpooled.buffer();
    GREETING.write(bytes);
    return bytes;
  }

  @Test
  void comesBackAsItWentWithTheNameOfItsConnection() {
    ByteBuf bytes = written();

    assertEquals(bytes.readInt(), bytes.readableBytes());
    assertEquals(GREETING, Greeting.read(bytes));
  }

  @Test
  void anotherVersionIsNamed() {
    ByteBuf bytes = written();
    bytes.setByte(VERSION_AT, 1);
    bytes.readInt();

    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> Greeting.read(bytes));

    assertTrue(String.valueOf(refusal.getMessage()).contains("version 1"), refusal.getMessage());
  }

  @Test
  void whatIsCutShortIsRefused() {
    int whole = written().readableBytes() - "synod-ä".getBytes(UTF_8).length;
    for (int length = Integer.BYTES; length < whole; length++) {
      ByteBuf bytes = written().slice(0, length);
      bytes.readInt();

      assertThrows(IllegalArgumentException.class, () -> Greeting.read(bytes), "" + length);
    }
  }
}
