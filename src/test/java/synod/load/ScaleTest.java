package synod.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ScaleTest {
  private static List<String> labels(Scale scale) {
    return scale.ticks().stream().map(Tick::label).filter(label -> !label.isEmpty()).toList();
  }

  @Test
  void aLinearScaleHasRoundSteps() {
    assertEquals(
        List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"),
        labels(Scale.linear(10, 12)));
    assertEquals(List.of("0", "1,000", "2,000", "3,000"), labels(Scale.linear(3900, 5)));
    assertEquals(List.of("0.0", "0.1", "0.2", "0.3"), labels(Scale.linear(0.35, 5)));
    assertEquals(0.25, Scale.linear(40, 5).part(10));
  }

  @Test
  void aLogarithmicScaleSpansWholeDecades() {
    Scale scale = Scale.log(0.3, 45);

    assertEquals(List.of("0.1", "1", "10", "100"), labels(scale));
    assertEquals(0, scale.part(0.1), 1e-9);
    assertEquals(1 / 3.0, scale.part(1), 1e-9);
    assertEquals(1, scale.part(100), 1e-9);
    assertEquals(List.of("1", "10"), labels(Scale.log(1, 1)));
    assertEquals(List.of("1,000", "10,000"), labels(Scale.log(1500, 9000)));
  }

  @Test
  void whatIsBeyondStandsAtTheEnd() {
    assertEquals(1, Scale.linear(10, 5).part(11));
    assertEquals(0, Scale.linear(10, 5).part(-1));
    assertEquals(0, Scale.log(1, 10).part(0));
    assertEquals(1, Scale.log(1, 10).part(11));
  }
}
