package synod.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import synod.paxos.Bytes;
import synod.paxos.Invariant;

/** What is written is as long as was said before, and no length that is read is believed. */
class BytesWrittenTest {

  @Test
  void anEncodingThatIsShorterThanWasSaidIsABrokenInvariant() {
    ByteWriter two = new ByteWriter(2).putByte(1);

    assertThrows(Invariant.Violation.class, two::done);
  }

  @Test
  void aNegativeVarintIsABrokenInvariant() {
    ByteWriter to = new ByteWriter(10);

    assertThrows(Invariant.Violation.class, () -> to.varint(-1));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 0x7f, 0x80, 0x3fff, 0x4000, Long.MAX_VALUE - 1, Long.MAX_VALUE})
  void aVarintIsReadBackAsItWas(long value) {
    Bytes bytes = new ByteWriter(ByteWriter.varintSize(value)).varint(value).done();

    assertEquals(value, ByteReader.of(bytes).readVarint());
  }

  /** Three bytes are left, and each thing takes two at least. */
  @Test
  void aCountThatDoesNotFitIsRefusedBeforeRoomIsMadeForIt() {
    Bytes bytes = Bytes.of(new byte[] {2, 0, 0, 0});

    Malformed malformed = assertThrows(Malformed.class, () -> ByteReader.of(bytes).readCount(2));

    assertTrue(String.valueOf(malformed.getMessage()).startsWith("2 announced"));
    assertEquals(2, ByteReader.of(bytes).readCount(1));
  }
}
