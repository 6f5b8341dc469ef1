package synod.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import synod.paxos.Bytes;

class StoredTest {
  private static final Bytes KEY = Bytes.utf8("k");

  /** What stands on disks today must be read tomorrow. */
  @Test
  void aRecordIsVersionTimeAndValue() {
    Bytes record = Stored.record(0x0102030405060708L, Bytes.utf8("ab"));

    assertEquals("010203040506070800000000000000006162", HexFormat.of().formatHex(record.array()));
  }

  @Test
  void theValueComesBackAsItWas() {
    for (String value : new String[] {"", "v", "\0\0"}) {
      assertEquals(Bytes.utf8(value), Stored.value(Stored.record(7, Bytes.utf8(value))));
    }
  }

  @Test
  void whatIsShorterThanARecordIsMalformed() {
    assertThrows(Malformed.class, () -> Stored.value(Bytes.EMPTY));
    assertThrows(Malformed.class, () -> Stored.value(Bytes.of(new byte[15])));
  }

  @Test
  void theDigestTellsKeyVersionAndValueApart() {
    Bytes value = Bytes.utf8("v");
    Bytes record = Stored.record(1, value);

    assertEquals(Stored.digest(KEY, record), Stored.digest(KEY, Stored.record(1, value)));
    Stream.of(
            Stored.digest(Bytes.utf8("l"), record),
            Stored.digest(KEY, Stored.record(2, value)),
            Stored.digest(KEY, Stored.record(1, Bytes.EMPTY)))
        .forEach(other -> assertNotEquals(Stored.digest(KEY, record), other));
  }
}
