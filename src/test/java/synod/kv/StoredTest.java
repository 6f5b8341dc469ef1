package synod.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import synod.paxos.Bytes;

class StoredTest {
  private static final Bytes KEY = Bytes.utf8("k");

  /** What stands on disks today must be read tomorrow. */
  @Test
  void aRecordIsVersionTimeAndValue() {
    Bytes record = Stored.record(0x0102030405060708L, 0x1112131415161718L, Bytes.utf8("ab"));

    assertEquals("010203040506070811121314151617186162", HexFormat.of().formatHex(record.array()));
  }

  @Test
  void aRecordThatNeverEndsHasNoTime() {
    Bytes record = Stored.record(1, Lifetime.NEVER, Bytes.EMPTY);

    assertEquals("00000000000000010000000000000000", HexFormat.of().formatHex(record.array()));
    assertEquals(Lifetime.NEVER, Stored.end(record));
  }

  @Test
  void aRecordIsGoneAtItsEndAndNotBefore() {
    Bytes record = Stored.record(1, 50, Bytes.EMPTY);

    assertTrue(Stored.isAlive(record, 49));
    assertFalse(Stored.isAlive(record, 50));
    assertTrue(Stored.isAlive(Stored.record(1, Lifetime.NEVER, Bytes.EMPTY), Long.MAX_VALUE - 1));
  }

  @Test
  void versionsRiseFromCommandToCommandAndFromSlotToSlot() {
    assertEquals((7L << 20) + 3, Stored.version(7, 3));
    assertTrue(Stored.version(7, 0) < Stored.version(7, 1));
    assertTrue(Stored.version(7, 900_000) < Stored.version(8, 0));
  }

  @Test
  void theValueComesBackAsItWas() {
    for (String value : new String[] {"", "v", "\0\0"}) {
      assertEquals(Bytes.utf8(value), Stored.value(Stored.record(7, 9, Bytes.utf8(value))));
    }
  }

  @Test
  void whatIsShorterThanARecordIsMalformed() {
    assertThrows(Malformed.class, () -> Stored.value(Bytes.EMPTY));
    assertThrows(Malformed.class, () -> Stored.value(Bytes.of(new byte[15])));
  }

  @Test
  void theDigestTellsKeyVersionEndAndValueApart() {
    Bytes value = Bytes.utf8("v");
    Bytes record = Stored.record(1, 5, value);

    assertEquals(Stored.digest(KEY, record), Stored.digest(KEY, Stored.record(1, 5, value)));
    Stream.of(
            Stored.digest(Bytes.utf8("l"), record),
            Stored.digest(KEY, Stored.record(2, 5, value)),
            Stored.digest(KEY, Stored.record(1, 6, value)),
            Stored.digest(KEY, Stored.record(1, 5, Bytes.EMPTY)))
        .forEach(other -> assertNotEquals(Stored.digest(KEY, record), other));
  }
}
