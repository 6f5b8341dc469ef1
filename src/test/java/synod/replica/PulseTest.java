package synod.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PulseTest {
  private final AtomicInteger ticks = new AtomicInteger();
  private boolean uneasy;
  private final Pulse pulse =
      new Pulse(new Pulse.Pace(20, 5), () -> uneasy, ticks::incrementAndGet, Runnable::run);

  private int ticksIn(int beats) {
    int before = ticks.get();
    for (int i = 0; i < beats; i++) {
      pulse.beat();
    }
    return ticks.get() - before;
  }

  private void rest() {
    ticksIn(30);
  }

  @Test
  void aReplicaThatWasStirredTicksAtEachBeat() {
    rest();
    pulse.stir();

    assertEquals(20, ticksIn(20));
  }

  @Test
  void anIdleOneTicksSeldom() {
    rest();

    assertEquals(4, ticksIn(20));
  }

  /** What stirs it is to be done by the time of now, not by that of its last tick. */
  @Test
  void whoeverStirsAnIdleOneMakesItTickAtOnce() {
    rest();
    int before = ticks.get();
    pulse.stir();
    assertEquals(1, ticks.get() - before);

    pulse.stir();
    assertEquals(1, ticks.get() - before);
  }

  @Test
  void itDoesNotRestWhileThereIsSomethingToDo() {
    uneasy = true;

    assertEquals(100, ticksIn(100));
  }

  @Test
  void itRestsAfterTheTimeOfASuspicionAndTicksInTimeForAKeepAlive() {
    var liveness =
        new Settings.Liveness(
            Duration.ofMillis(50),
            Duration.ofSeconds(5),
            Duration.ofMillis(250),
            Duration.ofMillis(1000),
            Duration.ofMillis(2000));

    assertEquals(new Pulse.Pace(20, 5), Pulse.Pace.of(liveness));
  }

  @Test
  void aKeepAliveThatIsShorterThanATickMakesItTickAtEachBeat() {
    var liveness =
        new Settings.Liveness(
            Duration.ofMillis(50),
            Duration.ofSeconds(5),
            Duration.ofMillis(20),
            Duration.ofMillis(1000),
            Duration.ofMillis(2000));

    assertEquals(1, Pulse.Pace.of(liveness).restingBeats());
  }
}
