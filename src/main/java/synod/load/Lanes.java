package synod.load;

import java.util.Arrays;
import java.util.OptionalInt;

/** Places labels in rows so that none covers another. State: how far each row is taken. */
final class Lanes {
  private final double[] takenTo;

  Lanes(int rows) {
    takenTo = new double[rows];
    Arrays.fill(takenTo, Double.NEGATIVE_INFINITY);
  }

  /** The first row with room from one place to another; nothing if none has. */
  OptionalInt take(double from, double to) {
    for (int row = 0; row < takenTo.length; row++) {
      if (takenTo[row] <= from) {
        takenTo[row] = to;
        return OptionalInt.of(row);
      }
    }
    return OptionalInt.empty();
  }
}
