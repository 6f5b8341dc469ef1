package synod.kv;

import synod.paxos.Bytes;

/**
 * The record of a key in {@link StateStore.Table#DATA}: eight bytes of version (the slot of the
 * last change), eight bytes for the time at which it expires (0: never; nothing sets it yet), and
 * the value.
 */
final class Stored {
  private static final int HEADER = 2 * Long.BYTES;
  private static final long NEVER = 0;

  private Stored() {}

  static Bytes record(long version, Bytes value) {
    return new ByteWriter(HEADER + value.size()).putLong(version).putLong(NEVER).raw(value).done();
  }

  static Bytes value(Bytes record) {
    ByteReader from = ByteReader.of(record);
    from.readLong();
    from.readLong();
    return from.readRest();
  }

  /**
   * What a key adds to the digest of the state. Digests are added up, so that the order of keys
   * does not matter and a key can be taken out again.
   */
  static long digest(Bytes key, Bytes record) {
    return Mix.mix(Mix.mix(0, key), record);
  }
}
