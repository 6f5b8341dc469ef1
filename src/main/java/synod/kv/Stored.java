package synod.kv;

import synod.paxos.Bytes;

/**
 * The record of a key in {@link StateStore.Table#DATA}: eight bytes of version (that of the last
 * change), eight bytes for the time in ms at which it expires (0: never), and the value.
 *
 * <p>A version is the slot of the change times 2^20, and which command of its slot it was. The slot
 * alone would not do: whoever had been told a version by a command could not tell the value that it
 * saw from one that a later command of the same slot put there, and would overwrite it unseen.
 */
final class Stored {
  /** So many commands of a slot can be told apart: about as many as the largest batch can hold. */
  private static final int ORDER_BITS = 20;

  private static final int HEADER = 2 * Long.BYTES;
  private static final long ENDLESS = 0;

  private Stored() {}

  /** The version of what command number {@code order}, from 0, of the slot changes. */
  static long version(long slot, int order) {
    return (slot << ORDER_BITS) + order;
  }

  /** A record that ends at this time, or {@link Lifetime#NEVER}. */
  static Bytes record(long version, long end, Bytes value) {
    ByteWriter record = new ByteWriter(HEADER + value.size()).putLong(version);
    return record.putLong(end == Lifetime.NEVER ? ENDLESS : end).raw(value).done();
  }

  static long version(Bytes record) {
    return ByteReader.of(record).readLong();
  }

  static long end(Bytes record) {
    ByteReader from = ByteReader.of(record);
    from.readLong();
    long end = from.readLong();
    return end == ENDLESS ? Lifetime.NEVER : end;
  }

  static Bytes value(Bytes record) {
    ByteReader from = ByteReader.of(record);
    from.readLong();
    from.readLong();
    return from.readRest();
  }

  /** Whether the key is still there at this time of the log. */
  static boolean isAlive(Bytes record, long now) {
    return end(record) > now;
  }

  /**
   * What a key adds to the digest of the state. Digests are added up, so that the order of keys
   * does not matter and a key can be taken out again.
   */
  static long digest(Bytes key, Bytes record) {
    return Mix.mix(Mix.mix(0, key), record);
  }
}
