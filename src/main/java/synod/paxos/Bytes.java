package synod.paxos;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An immutable string of bytes. Nobody may change an array after it has been wrapped. */
public final class Bytes implements Comparable<Bytes> {
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] array;

  private Bytes(byte[] array) {
    this.array = array;
  }

  /** Wraps the array without a copy. */
  public static Bytes of(byte[] array) {
    return array.length == 0 ? EMPTY : new Bytes(array);
  }

  public static Bytes utf8(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The bytes themselves, not a copy: to be read only. */
  public byte[] array() {
    return array;
  }

  public int size() {
    return array.length;
  }

  public String utf8() {
    return new String(array, StandardCharsets.UTF_8);
  }

  /** Orders by unsigned bytes, a prefix first. */
  @Override
  public int compareTo(Bytes that) {
    return Arrays.compareUnsigned(array, that.array);
  }

  @Override
  public boolean equals(Object that) {
    return that instanceof Bytes bytes && Arrays.equals(array, bytes.array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  @Override
  public String toString() {
    return size() <= 32 ? utf8() : size() + " bytes";
  }
}
