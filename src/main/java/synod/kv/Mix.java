package synod.kv;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import synod.paxos.Bytes;

/**
 * A 64-bit hash, the same on every machine: each word is mixed into what came before by the
 * finalizer of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 5).
 * Against accident, not against malice.
 */
final class Mix {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Mix() {}

  static long mix(long before, long word) {
    long z = before + 0x9e3779b97f4a7c15L ^ word;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }

  /** Mixes in the bytes and their length, so that two strings in a row cannot pass for others. */
  static long mix(long before, Bytes bytes) {
    byte[] array = bytes.array();
    int words = array.length & -Long.BYTES;
    long hash = mix(before, array.length);
    for (int i = 0; i < words; i += Long.BYTES) {
      hash = mix(hash, (long) LONGS.get(array, i));
    }
    long rest = 0;
    for (int i = words; i < array.length; i++) {
      rest = rest << 8 | (array[i] & 0xff);
    }
    return words == array.length ? hash : mix(hash, rest);
  }
}
