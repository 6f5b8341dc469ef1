package synod.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import synod.paxos.Bytes;

class MixTest {
  /** The first outputs of SplitMix64 from seed 1234567, as its authors' code gives them. */
  @Test
  void mixingInNothingIsSplitMix64() {
    assertEquals(6457827717110365317L, Mix.mix(1234567, 0));
    assertEquals(3203168211198807973L, Mix.mix(1234567 + 0x9e3779b97f4a7c15L, 0));
  }

  /** Replicas of two versions compare their digests: this number must never change. */
  @Test
  void theHashOfSomeBytesIsWhatItAlwaysWas() {
    assertEquals(-8210521506251284187L, Mix.mix(0, Bytes.utf8("a word and a bit more")));
  }

  @Test
  void stringsInARowCannotPassForOthers() {
    assertNotEquals(two("ab", "c"), two("a", "bc"));
    assertNotEquals(two("", "a"), two("a", ""));
    assertNotEquals(two("a", "b"), two("b", "a"));
  }

  @Test
  void everyByteAndEveryLengthCounts() {
    Set<Long> hashes = new HashSet<>();
    int strings = 0;
    for (int length = 0; length <= 40; length++) {
      for (int at = 0; at <= length; at++) {
        byte[] bytes = new byte[length];
        if (at < length) {
          bytes[at] = 1;
        }
        hashes.add(Mix.mix(0, Bytes.of(bytes)));
        strings++;
      }
    }

    assertEquals(strings, hashes.size());
  }

  /** A bit flipped in the word flips about half the bits of the hash. */
  @Test
  void aBitOfDifferenceSpreads() {
    Random random = new Random(9);
    for (int bit = 0; bit < Long.SIZE; bit++) {
      int flipped = 0;
      for (int i = 0; i < 100; i++) {
        long before = random.nextLong();
        long word = random.nextLong();
        flipped += Long.bitCount(Mix.mix(before, word) ^ Mix.mix(before, word ^ 1L << bit));
      }
      assertTrue(flipped > 2_800 && flipped < 3_600, flipped + " of 6400 for bit " + bit);
    }
  }

  private static long two(String first, String second) {
    return Mix.mix(Mix.mix(0, Bytes.utf8(first)), Bytes.utf8(second));
  }
}
