package synod.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import org.junit.jupiter.api.Test;

final class AnswersTest {
  private static Answers of(String wire) {
    ReadableByteChannel whole =
        Channels.newChannel(new ByteArrayInputStream(wire.getBytes(US_ASCII)));
    return new Answers(whole, Answers.room(0));
  }

  /** One byte with each read. */
  private static Answers slowly(String wire) {
    return new Answers(new Slow(wire.getBytes(US_ASCII)), Answers.room(0));
  }

  private static final class Slow implements ReadableByteChannel {
    private final byte[] bytes;
    private int at;

    Slow(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read(ByteBuffer to) {
      if (at == bytes.length) {
        return -1;
      }
      to.put(bytes[at++]);
      return 1;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  @Test
  void whatIsNoErrorIsDone() throws IOException {
    String wire = "+OK\r\n$-1\r\n$0\r\n\r\n:12\r\n$4\r\na\r\nb\r\n+OK\r\n";

    for (Answers answers : new Answers[] {of(wire), slowly(wire)}) {
      for (int i = 0; i < 6; i++) {
        assertEquals(Answers.Kind.DONE, answers.read());
      }
      assertThrows(EOFException.class, answers::read);
    }
  }

  @Test
  void aValueThatIsLargerThanTheBufferIsPassedOver() throws IOException {
    Answers answers = of("$100000\r\n" + "-".repeat(100_000) + "\r\n+OK\r\n");

    assertEquals(Answers.Kind.DONE, answers.read());
    assertEquals(Answers.Kind.DONE, answers.read());
    assertThrows(EOFException.class, answers::read);
  }

  @Test
  void aRefusalIsNotAnUnknownOutcome() throws IOException {
    Answers answers = slowly("-BUSY no leader\r\n-UNKNOWN session=1 number=2 late\r\n-ERR no\r\n");

    assertEquals(Answers.Kind.REFUSED, answers.read());
    assertEquals("BUSY no leader", answers.error());
    assertEquals(Answers.Kind.UNKNOWN, answers.read());
    assertEquals("UNKNOWN session=1 number=2 late", answers.error());
    assertEquals(Answers.Kind.REFUSED, answers.read());
  }

  @Test
  void whatNoDoorSaysIsAnError() {
    assertThrows(IOException.class, of("*1\r\n:1\r\n")::read);
    assertThrows(IOException.class, of("HTTP/1.1 400\r\n")::read);
    assertThrows(EOFException.class, of("$5\r\nab")::read);
  }
}
