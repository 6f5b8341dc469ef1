package synod.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DoorBoundsTest extends DoorFixture {

  @Override
  DoorLimits limits() {
    return new DoorLimits(64, 64, 4096, MIB, 64, 2, Duration.ofMillis(100), Duration.ZERO);
  }

  @Test
  void turnsAwayTheClientThatIsOneTooMany() throws IOException {
    try (RawClient first = new RawClient(door);
        RawClient second = new RawClient(door)) {
      assertEquals("+PONG", first.call("PING").reply());
      assertEquals("+PONG", second.call("PING").reply());
      try (RawClient third = new RawClient(door)) {
        assertEquals("-ERR max number of clients reached", third.reply());
        assertTrue(third.isClosedByDoor());
      }
      assertEquals("+PONG", first.call("PING").reply());
    }
  }

  @Test
  void closesAConnectionThatLeavesARequestHalfSent() throws IOException {
    try (RawClient client = new RawClient(door)) {
      client.send("*2\r\n$4\r\nECHO\r\n$10\r\nab");

      assertTrue(client.isClosedByDoor());
    }
  }

  @Test
  void namesThePortThatIsInUse() {
    DoorSettings same = DoorSettings.of("127.0.0.1", door.port());

    DoorException error = assertThrows(DoorException.class, () -> Door.open(same, loop, replica));

    String said = String.valueOf(error.getMessage());
    assertTrue(said.contains("127.0.0.1 port " + door.port()), said);
    assertTrue(said.contains("stop whoever listens there"), said);
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThrows(IllegalArgumentException.class, () -> DoorSettings.of("127.0.0.1", 65_536));
    assertThrows(IllegalArgumentException.class, () -> DoorSettings.of(" ", 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new DoorLimits(64, 64, 64, MIB, 64, 2, Duration.ofSeconds(1), Duration.ZERO));
  }
}
