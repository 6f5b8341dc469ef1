package synod.kv;

import synod.paxos.Bytes;
import synod.paxos.Invariant;

/** Fills an array whose size is known before, so that nothing is ever copied twice. */
final class ByteWriter implements ByteSink {
  private final byte[] array;
  private int at;

  ByteWriter(int size) {
    this.array = new byte[size];
  }

  /** Bytes that {@link #varint} takes: 7 bits in each, the lowest first. */
  static int varintSize(long value) {
    return Math.max(1, (70 - Long.numberOfLeadingZeros(value)) / 7);
  }

  /** Bytes that {@link #bytes} takes. */
  static int bytesSize(Bytes bytes) {
    return varintSize(bytes.size()) + bytes.size();
  }

  @Override
  public ByteWriter putByte(int value) {
    array[at++] = (byte) value;
    return this;
  }

  @Override
  public ByteWriter putLong(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      array[at++] = (byte) (value >>> shift);
    }
    return this;
  }

  @Override
  public ByteWriter varint(long value) {
    Invariant.check(value >= 0, "a varint is never negative: %s", value);
    long rest = value;
    while (rest >= 0x80) {
      array[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    array[at++] = (byte) rest;
    return this;
  }

  @Override
  public ByteWriter bytes(Bytes bytes) {
    return varint(bytes.size()).raw(bytes);
  }

  /** The bytes without their length. */
  ByteWriter raw(Bytes bytes) {
    System.arraycopy(bytes.array(), 0, array, at, bytes.size());
    at += bytes.size();
    return this;
  }

  Bytes done() {
    Invariant.check(at == array.length, "%s bytes of %s were written", at, array.length);
    return Bytes.of(array);
  }
}
