package synod.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * Reads the answers of a door, of each as much as tells yes from no. State: the bytes that have
 * come and were not read, and the words of the last error.
 */
final class Answers {
  private static final int SMALLEST = 512;
  private static final int LARGEST = 16 << 10;
  private static final int WORDS = 200;
  private static final String UNKNOWN = "UNKNOWN";

  private final ReadableByteChannel from;
  private final ByteBuffer in;
  private String error = "";

  /** How a request ended. */
  enum Kind {
    DONE,
    /** It has not taken effect. */
    REFUSED,
    /** It may have taken effect, or may yet. */
    UNKNOWN
  }

  /** From a connection that is new, by a buffer that nobody else uses now. */
  Answers(ReadableByteChannel from, ByteBuffer in) {
    this.from = from;
    this.in = in.limit(0);
  }

  /** A buffer for an answer of so many bytes, or for a piece of it. */
  static ByteBuffer room(int bytes) {
    return ByteBuffer.allocateDirect(Math.max(SMALLEST, Math.min(LARGEST, bytes + SMALLEST)));
  }

  /** The door's words, after an answer that is not yes. */
  String error() {
    return error;
  }

  /** Waits for the next answer. */
  Kind read() throws IOException {
    byte kind = next();
    switch (kind) {
      case '+', ':' -> line(0);
      case '$' -> skipString();
      case '-' -> {
        error = line(WORDS);
        return error.startsWith(UNKNOWN) ? Kind.UNKNOWN : Kind.REFUSED;
      }
      default -> throw new IOException("this is no answer of a door: it begins with byte " + kind);
    }
    return Kind.DONE;
  }

  /** Reads to the end of the line; as many of its bytes as are wanted, as text. */
  private String line(int wanted) throws IOException {
    StringBuilder words = new StringBuilder(wanted);
    for (byte b = next(); b != '\n'; b = next()) {
      if (b != '\r' && words.length() < wanted) {
        words.append((char) (b & 0x7f));
      }
    }
    return words.toString();
  }

  private void skipString() throws IOException {
    int length = 0;
    byte first = next();
    if (first == '-') {
      line(0);
      return;
    }
    for (byte b = first; b != '\n'; b = next()) {
      length = b == '\r' ? length : 10 * length + (b - '0');
    }
    skip(length + 2);
  }

  private void skip(int bytes) throws IOException {
    int left = bytes;
    while (left > in.remaining()) {
      left -= in.remaining();
      fill();
    }
    in.position(in.position() + left);
  }

  private byte next() throws IOException {
    if (!in.hasRemaining()) {
      fill();
    }
    return in.get();
  }

  private void fill() throws IOException {
    in.clear();
    int read = from.read(in);
    in.flip();
    if (read < 0) {
      throw new EOFException("the connection ended before the answer");
    }
  }
}
