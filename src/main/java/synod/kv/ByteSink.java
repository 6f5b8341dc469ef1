package synod.kv;

import synod.paxos.Bytes;

/** Takes an encoding, piece by piece: to write it, or first to learn how long it will be. */
interface ByteSink {
  ByteSink putByte(int value);

  /** Eight bytes, the highest first, so that bytes sort as numbers do. */
  ByteSink putLong(long value);

  /** 7 bits in each byte, the lowest first; never negative. */
  ByteSink varint(long value);

  /** The length, then the bytes. */
  ByteSink bytes(Bytes bytes);

  /** Counts what it takes. */
  final class Counter implements ByteSink {
    private long size;

    int size() {
      return Math.toIntExact(size);
    }

    @Override
    public ByteSink putByte(int value) {
      return add(1);
    }

    @Override
    public ByteSink putLong(long value) {
      return add(Long.BYTES);
    }

    @Override
    public ByteSink varint(long value) {
      return add(ByteWriter.varintSize(value));
    }

    @Override
    public ByteSink bytes(Bytes bytes) {
      return add(ByteWriter.bytesSize(bytes));
    }

    private ByteSink add(int bytes) {
      size += bytes;
      return this;
    }
  }
}
