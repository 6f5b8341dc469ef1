package synod.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PulseTest {
  private static final Duration TICK = Duration.ofMillis(50);
  private static final Duration REST = Duration.ofMillis(125);

  private final ByHand timer = new ByHand();
  private int looks;
  private boolean uneasy;
  private final Pulse pulse =
      new Pulse(timer, new Pulse.Pace(TICK, 20, REST), () -> uneasy, () -> looks++);

  /** Has one thing to do at most, as the pulse has. */
  private static final class ByHand implements Pulse.Timer {
    private final List<Runnable> waiting = new ArrayList<>();
    private Duration delay = Duration.ZERO;

    @Override
    public Runnable after(Duration after, Runnable what) {
      delay = after;
      waiting.add(what);
      return () -> waiting.remove(what);
    }

    @Override
    public void run(Runnable what) {
      what.run();
    }

    void pass() {
      assertEquals(1, waiting.size());
      waiting.remove(0).run();
    }
  }

  private void beats(int count) {
    for (int i = 0; i < count; i++) {
      timer.pass();
    }
  }

  @BeforeEach
  void start() {
    pulse.start();
  }

  @Test
  void looksAtEachTickAfterItWasStirred() {
    beats(10);
    pulse.stir();
    beats(21);

    assertEquals(31, looks);
    assertEquals(TICK, timer.delay);
  }

  @Test
  void looksLessOftenAfterAWhileWithoutAnything() {
    beats(22);

    assertEquals(22, looks);
    assertEquals(REST, timer.delay);
  }

  /** What stirs it is to be done by the time of now, not by that of its last look. */
  @Test
  void looksAtOnceWhenItIsStirredAtRest() {
    beats(22);
    pulse.stir();
    assertEquals(23, looks);
    assertEquals(TICK, timer.delay);

    pulse.stir();
    assertEquals(23, looks);
  }

  @Test
  void doesNotRestWhileThereIsSomethingToDo() {
    uneasy = true;
    beats(100);

    assertEquals(TICK, timer.delay);
  }

  @Test
  void looksNoMoreOnceItWasStoppedWhoeverStirsIt() {
    beats(22);
    pulse.stop();
    pulse.stir();

    assertEquals(22, looks);
    assertEquals(List.of(), timer.waiting);
  }

  @Test
  void restsAfterTheTimeOfASuspicionAndLooksTwiceInAKeepAlive() {
    assertEquals(new Pulse.Pace(TICK, 20, REST), Pulse.Pace.of(liveness(250)));
  }

  @Test
  void looksAtEachTickAtRestIfKeepAlivesAreShort() {
    assertEquals(TICK, Pulse.Pace.of(liveness(20)).rest());
  }

  private static Settings.Liveness liveness(int keepAlive) {
    return new Settings.Liveness(
        TICK,
        Duration.ofSeconds(5),
        Duration.ofMillis(keepAlive),
        Duration.ofMillis(1000),
        Duration.ofMillis(2000));
  }
}
