package synod.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

/** The memory that all connections of a door share. */
final class DoorMemoryTest extends DoorFixture {
  private static final int LARGE = MIB / 2;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Override
  DoorLimits limits() {
    return new DoorLimits(64, MIB, 2 * MIB, 2 * MIB, 64, 64, Duration.ofMinutes(1), Duration.ZERO);
  }

  /** All but the last byte of a value of one MiB. */
  private static void halfSend(RawClient client) throws IOException {
    client.send("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$" + MIB + "\r\n" + "x".repeat(MIB - 1));
  }

  private static void awaitMemory(RawClient client, LongPredicate wanted) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!wanted.test(memory(client))) {
      assertTrue(System.nanoTime() < end, "waited " + PATIENCE);
    }
  }

  private static long memory(RawClient client) throws IOException {
    return client
        .call("INFO", "memory")
        .reply()
        .lines()
        .filter(line -> line.startsWith("door_memory:"))
        .mapToLong(line -> Long.parseLong(line.substring("door_memory:".length()).strip()))
        .sum();
  }

  @Test
  void whatHalfSentRequestsTakeIsCountedAndGivenBack() throws IOException {
    try (RawClient other = new RawClient(door)) {
      try (RawClient half = new RawClient(door)) {
        halfSend(half);
        awaitMemory(other, taken -> taken > LARGE);
      }
      awaitMemory(other, taken -> taken < LARGE);
    }
  }

  @Test
  void aLargeRequestIsToldBusyWhereNoRoomIsLeftAndASmallOneIsDone() throws IOException {
    try (RawClient one = new RawClient(door);
        RawClient two = new RawClient(door);
        RawClient three = new RawClient(door)) {
      halfSend(one);
      halfSend(two);
      awaitMemory(three, taken -> taken > 2L * MIB - 64 * 1024);

      String refused = three.call("SET", "large", "x".repeat(LARGE)).reply();
      assertTrue(refused.startsWith("-BUSY requests and answers take all "), refused);
      assertEquals("+OK", three.call("SET", "small", "1").reply());
      assertEquals("1", three.call("GET", "small").reply());
      assertEquals("nil", three.call("GET", "large").reply());
    }
  }

  @Test
  void answersThatNobodyReadsTakeNoMoreThanThatMemory() throws IOException {
    try (RawClient other = new RawClient(door);
        RawClient deaf = new RawClient(door)) {
      other.call("SET", "large", "x".repeat(MIB)).reply();
      deaf.send("GET large\r\n".repeat(60));

      for (int i = 0; i < 200; i++) {
        assertEquals("+PONG", other.call("PING").reply());
        long taken = memory(other);
        assertTrue(taken < 4L * MIB, () -> taken + " bytes");
      }
    }
  }
}
