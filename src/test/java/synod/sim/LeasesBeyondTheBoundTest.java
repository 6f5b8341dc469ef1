package synod.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What leases take for granted of clocks is needed, and what does not hold beyond it is seen. */
class LeasesBeyondTheBoundTest {
  /** One clock gains up to nine tenths on another, and leases allow for one tenth. */
  private static final Script BEYOND =
      Script.parse(
          List.of(
              "world seed=5 leases=1 think=200 session-time=300 skew=300",
              "at 896 kill leader",
              "at 1713 elect 1",
              "at 2900 elect 2",
              "at 4843 elect 1",
              "run 4922"));

  @Test
  void aLeaseOutlivesWhatWasGrantedIfClocksDriftFurther() {
    Invariants unforgiving = new Invariants(BEYOND.plan().with(Knob.DRIFT, 60));

    Run.Result result = new Run(BEYOND, PlainHost::new, List.of(unforgiving)).go();

    assertEquals(Optional.of("I11"), result.failure().map(Run.Failure::name));
  }

  @Test
  void allElseHoldsEvenSo() {
    assertFalse(BEYOND.plan().clocksKeepToTheBound());

    assertEquals(Optional.empty(), Run.of(BEYOND).failure());
  }
}
