package synod.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import synod.paxos.Message;
import synod.testing.Samples;

/** Bytes that are no message, or not the one that was sent. */
class WireFuzzTest {
  private static final int TRIALS = 100;
  private static final WireCodec CODEC = new WireCodec();

  /**
   * Refused, or a message like any other: nothing else comes of it. (A link has a checksum on each
   * frame.)
   */
  @ParameterizedTest
  @MethodSource("messages")
  void aFrameWithFlippedBitsIsRefusedOrAMessage(Class<?> type) {
    byte[] sent = CODEC.encode(Samples.of(type));
    SplittableRandom random = new SplittableRandom(type.getSimpleName().hashCode());

    for (int trial = 0; trial < TRIALS; trial++) {
      byte[] spoiled = sent.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        spoiled[random.nextInt(spoiled.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Optional<Message> taken = decode(spoiled);
      taken.ifPresent(message -> assertEquals(message, CODEC.decode(CODEC.encode(message))));
    }
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aFrameThatIsCutIsRefused(Class<?> type) {
    byte[] sent = CODEC.encode(Samples.of(type));

    for (int length = 0; length < sent.length; length++) {
      byte[] cut = Arrays.copyOf(sent, length);

      assertEquals(Optional.empty(), decode(cut), "the first " + length + " bytes");
    }
  }

  private Optional<Message> decode(byte[] bytes) {
    try {
      return Optional.of(CODEC.decode(bytes));
    } catch (UncheckedIOException refused) {
      return Optional.empty();
    }
  }

  private static Stream<Class<?>> messages() {
    return Arrays.stream(Message.class.getPermittedSubclasses())
        .flatMap(group -> Arrays.stream(group.getPermittedSubclasses()));
  }
}
