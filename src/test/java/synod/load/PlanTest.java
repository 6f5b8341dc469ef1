package synod.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PlanTest {
  @Test
  void largeValuesHaveFewerKeys() {
    assertEquals(10_000, new Plan(Kind.PUT, 1, 1, 100).keys());
    assertEquals(10_000, new Plan(Kind.PUT, 1, 1, 6710).keys());
    assertEquals(9999, new Plan(Kind.PUT, 1, 1, 6711).keys());
    assertEquals(64, new Plan(Kind.PUT, 1, 1, Plan.MOST_BYTES).keys());
  }

  @Test
  void aLongRunHasLongerIntervals() {
    assertEquals(100, intervalMs(1));
    assertEquals(100, intervalMs(120));
    assertEquals(200, intervalMs(121));
    assertEquals(3000, intervalMs(Plan.MOST_SECONDS));
  }

  private static long intervalMs(int seconds) {
    return TimeUnit.NANOSECONDS.toMillis(new Plan(Kind.PUT, 1, seconds, 1).intervalNs());
  }

  @Test
  void saysWhatItIs() {
    assertEquals(
        "mix by 64 clients for 10 s, values of 100 bytes",
        new Plan(Kind.MIX, 64, 10, 100).toString());
    assertEquals(
        "get by 1 client for 1 s, values of 1 byte", new Plan(Kind.GET, 1, 1, 1).toString());
  }
}
