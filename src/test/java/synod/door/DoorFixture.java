package synod.door;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import synod.link.Loop;

/** A door on a free port, with small limits, in front of a store in memory. */
abstract class DoorFixture {
  static final int MIB = 1024 * 1024;

  final Loop loop = Loop.start("door");
  final MemoryReplica replica = new MemoryReplica();
  Door door;

  @BeforeEach
  void openDoor() {
    door = Door.open(new DoorSettings("127.0.0.1", 0, limits()), loop, replica);
  }

  @AfterEach
  void closeDoor() {
    door.close();
    loop.close();
  }

  DoorLimits limits() {
    return new DoorLimits(
        64, MIB, 4 * MIB, 16 * MIB, 64, 64, Duration.ofSeconds(20), Duration.ZERO);
  }
}
