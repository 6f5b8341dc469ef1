package synod.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import synod.kv.SessionId;
import synod.paxos.ReplicaId;

class IncarnationsTest {
  private final SplittableRandom chance = new SplittableRandom(1);

  @Test
  void isTheClockIfTheClockIsLater() {
    assertEquals(1, Incarnations.next(0, 1, chance));
    assertEquals(701, Incarnations.next(700, 701, chance));
    assertEquals(9_000_000_000L, Incarnations.next(700, 9_000_000_000L, chance));
  }

  @Test
  void isLaterThanTheLastAlsoIfTheClockIsNot() {
    for (long now : new long[] {Long.MIN_VALUE, -1, 0, 1, 699, 700}) {
      TreeSet<Long> drawn = new TreeSet<>();
      for (int i = 0; i < 10_000; i++) {
        drawn.add(Incarnations.next(700, now, chance));
      }
      assertTrue(drawn.first() > 700);
      assertEquals(Incarnations.LONGEST_STEP, drawn.size());
    }
  }

  /** Or one start by a wrong clock would leave a directory that no process can open again. */
  @Test
  void aClockFarAheadLeavesRoomForAMillionProcesses() {
    long last = Incarnations.next(0, Long.MAX_VALUE, chance);
    for (int i = 0; i < 1_000_000; i++) {
      last = Incarnations.next(last, Long.MAX_VALUE, chance);
    }

    assertEquals(last, new SessionId(new ReplicaId(1), last).incarnation());
  }
}
