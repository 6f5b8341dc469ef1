package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeaseTest {
  private static final long LENGTH = 300;

  private final AtomicLong clock = new AtomicLong(1_000);
  private Lease lease = leaseLess(10);

  private Lease leaseLess(int driftPercent) {
    return new Lease(new LeaseSettings(LENGTH, driftPercent, clock::get));
  }

  private boolean holdsAt(long time) {
    clock.set(time);
    return lease.holds();
  }

  private void round(long from, long to, long granted) {
    clock.set(from);
    lease.roundBegins();
    lease.granted(granted);
    clock.set(to);
    lease.roundEnds();
  }

  /** The end by this clock, for an acceptor whose clock gains the drift on it. */
  @ParameterizedTest
  @CsvSource({"0, 1300", "1, 1297", "10, 1270", "33, 1201", "90, 1030"})
  void isShorterThanTheGrantByWhatTheClocksMayDiffer(int driftPercent, long end) {
    lease = leaseLess(driftPercent);

    round(1_000, 1_005, LENGTH);

    assertTrue(holdsAt(end - 1));
    assertFalse(holdsAt(end));
  }

  /** For every pair of rates in the bound, in thousandths; worst where the own clock is slow. */
  @ParameterizedTest
  @CsvSource({"1000, 1000", "950, 1050", "900, 1000", "1000, 1111", "1050, 950"})
  void endsBeforeTheGrantDoesByAClockThatGainsNoMoreThanTheDrift(long own, long acceptors) {
    round(1_000, 1_001, LENGTH);
    long ends = 0;
    while (ends <= 2 * LENGTH && holdsAt(1_000 + ends)) {
      ends++;
    }

    assertTrue(ends * acceptors <= LENGTH * own, () -> "by its clock the acceptor is free");
  }

  @Test
  void countsFromBeforeTheQuestionAndNotFromTheAnswers() {
    round(1_000, 1_200, LENGTH);

    assertTrue(holdsAt(1_269));
    assertFalse(holdsAt(1_270));
  }

  @Test
  void anAnswerThatComesTooLateMakesNoLease() {
    round(1_000, 1_270, LENGTH);

    assertFalse(lease.holds());
  }

  @Test
  void theLeastOfTheGrantsDecides() {
    lease.roundBegins();
    lease.granted(LENGTH);
    lease.granted(100);
    lease.granted(200);
    assertTrue(lease.roundEnds());

    assertTrue(holdsAt(1_089));
    assertFalse(holdsAt(1_090));
  }

  /** Whoever holds a prepare back, or has leases switched off, grants nothing. */
  @Test
  void oneWhoGrantsNothingLeavesTheLeaseAsItIs() {
    round(1_000, 1_010, LENGTH);
    round(1_100, 1_110, 0);

    assertTrue(holdsAt(1_269));
    assertFalse(holdsAt(1_270));
  }

  @Test
  void aShorterGrantDoesNotTakeALongerOneBack() {
    round(1_000, 1_010, LENGTH);
    round(1_100, 1_110, 10);

    assertTrue(holdsAt(1_269));
  }

  @Test
  void aRoundThatIsUnderWayRenewsNothing() {
    round(1_000, 1_010, LENGTH);
    clock.set(1_200);
    lease.roundBegins();
    lease.granted(LENGTH);

    assertFalse(holdsAt(1_270));
  }

  @Test
  void isRenewedWhenAThirdOfItIsOver() {
    round(1_000, 1_010, LENGTH);

    clock.set(1_099);
    assertFalse(lease.isAgeing());
    clock.set(1_100);
    assertTrue(lease.isAgeing());
  }

  @Test
  void isNeverHeldWhereThereAreNone() {
    lease = new Lease(LeaseSettings.OFF);
    lease.roundBegins();
    lease.granted(LENGTH);

    assertFalse(lease.roundEnds());
    assertFalse(lease.holds());
    assertEquals(0, lease.lasts());
  }

  @Test
  void aRoundThatBeganInTheSameMsMakesItNoLonger() {
    round(1_000, 1_010, LENGTH);
    clock.set(1_000);
    lease.roundBegins();

    assertFalse(lease.roundEnds());
  }
}
