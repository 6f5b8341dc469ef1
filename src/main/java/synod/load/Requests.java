package synod.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * The requests of one client, in bytes that are made once: from one to the next only the digits of
 * the key change. State: these bytes, outside the heap, from where a socket takes them as they are.
 */
final class Requests {
  private static final int SEED = 7;

  private final ByteBuffer[] get;
  private final ByteBuffer[] put;
  private final int digitsOfGet;
  private final int digitsOfPut;

  /** With the value of all puts, as {@link #value} makes it; clients may share it. */
  Requests(ByteBuffer value) {
    String key = "$" + Keys.name(0).length() + "\r\n" + Keys.PREFIX;
    String getHead = "*2\r\n$3\r\nGET\r\n" + key;
    String putHead = "*3\r\n$3\r\nSET\r\n" + key;
    String digits = "0".repeat(Keys.DIGITS);
    int valueBytes = value.limit() - 2;
    this.digitsOfGet = getHead.length();
    this.digitsOfPut = putHead.length();
    this.get = new ByteBuffer[] {direct(getHead + digits + "\r\n")};
    this.put =
        new ByteBuffer[] {
          direct(putHead + digits + "\r\n$" + valueBytes + "\r\n"), value.duplicate()
        };
  }

  /** The bytes of a value, with the end of line that follows it: letters that do not compress. */
  static ByteBuffer value(int bytes) {
    SplittableRandom chance = new SplittableRandom(SEED);
    ByteBuffer value = ByteBuffer.allocateDirect(bytes + 2);
    for (int i = 0; i < bytes; i++) {
      value.put((byte) ('0' + chance.nextInt('z' - '0')));
    }
    return value.put((byte) '\r').put((byte) '\n').flip().asReadOnlyBuffer();
  }

  private static ByteBuffer direct(String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  /** To be written whole before the next is asked for. */
  ByteBuffer[] get(int key) {
    return numbered(get, digitsOfGet, key);
  }

  /** As above. */
  ByteBuffer[] put(int key) {
    return numbered(put, digitsOfPut, key);
  }

  private static ByteBuffer[] numbered(ByteBuffer[] request, int digits, int key) {
    for (int i = 0; i < Keys.DIGITS; i++) {
      request[0].put(digits + i, Keys.digit(key, i));
    }
    for (ByteBuffer part : request) {
      part.rewind();
    }
    return request;
  }
}
