package synod.kv;

import java.util.Arrays;
import synod.paxos.Bytes;

/**
 * Reads a stretch of an array from its start to its end. Never reads past it, and never believes a
 * length that does not fit: whatever the bytes are, the worst is {@link Malformed}.
 */
final class ByteReader {
  private final byte[] array;
  private final int end;
  private int at;

  private ByteReader(byte[] array, int at, int end) {
    this.array = array;
    this.at = at;
    this.end = end;
  }

  static ByteReader of(Bytes bytes) {
    return new ByteReader(bytes.array(), 0, bytes.size());
  }

  boolean atEnd() {
    return at == end;
  }

  int remaining() {
    return end - at;
  }

  int readByte() {
    return array[claim(1)] & 0xff;
  }

  long readLong() {
    int from = claim(Long.BYTES);
    long value = 0;
    for (int i = from; i < from + Long.BYTES; i++) {
      value = value << 8 | (array[i] & 0xff);
    }
    return value;
  }

  /** Never negative. */
  long readVarint() {
    long value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      int next = readByte();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new Malformed("a number of more than 63 bits before byte " + at);
  }

  /** A number of things that take at least {@code each} bytes apiece. */
  int readCount(int each) {
    long count = readVarint();
    if (count > remaining() / each) {
      throw new Malformed(count + " announced at byte " + at + ", " + remaining() + " bytes left");
    }
    return (int) count;
  }

  /** Bytes behind their length, copied. */
  Bytes readBytes() {
    return readBytes(readVarint());
  }

  /** So many bytes, copied. */
  Bytes readBytes(long length) {
    int from = claim(length);
    return Bytes.of(Arrays.copyOfRange(array, from, at));
  }

  /** All that is left, copied. */
  Bytes readRest() {
    return readBytes(remaining());
  }

  /** The stretch behind its length, not copied. */
  ByteReader readPart() {
    int from = claim(readVarint());
    return new ByteReader(array, from, at);
  }

  void expectEnd() {
    if (!atEnd()) {
      throw new Malformed(remaining() + " bytes too many at byte " + at);
    }
  }

  private int claim(long bytes) {
    if (bytes > remaining()) {
      throw new Malformed("cut short at byte " + at + ": " + bytes + " more expected");
    }
    int from = at;
    at += (int) bytes;
    return from;
  }
}
