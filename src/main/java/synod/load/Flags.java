package synod.load;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import synod.svg.Point;
import synod.svg.Svg;

/**
 * The labels of marks, in rows above the panels, each with a line down. State: the labels with
 * their places. Of more than the rows hold, the rest have a line only.
 */
final class Flags {
  static final int ROW_HEIGHT = 15;

  private static final int MOST_ROWS = 5;
  private static final int GAP = 4;
  private static final int BASELINE = 11;

  /** Of a letter, rather too wide than too narrow. */
  private static final double LETTER = 6.6;

  private final double right;
  private final Lanes lanes = new Lanes(MOST_ROWS);
  private final List<Flag> flags = new ArrayList<>();
  private int rows;

  /** A label that begins there, in that row, if there was room for it. */
  private record Flag(double lineX, double fromX, String label, OptionalInt row) {
    double toX() {
      return fromX + width(label);
    }
  }

  /** None yet; none will stand further to the right than that. */
  Flags(double right) {
    this.right = right;
  }

  private static double width(String label) {
    return label.length() * LETTER;
  }

  /** Finds a place for a label; they come from left to right. */
  void add(double x, String label) {
    double width = width(label);
    double from = x + GAP + width <= right ? x + GAP : x - GAP - width;
    OptionalInt row = lanes.take(from - GAP, from + width);
    flags.add(new Flag(x, from, label, row));
    rows = Math.max(rows, row.orElse(-1) + 1);
  }

  /** How many rows are in use. */
  int rows() {
    return rows;
  }

  /** Draws them with the first row there, and the lines down to the bottom. */
  void draw(Svg svg, double top, double bottom) {
    for (Flag flag : flags) {
      double from = top + flag.row().orElse(rows) * (double) ROW_HEIGHT;
      svg.line(new Point(flag.lineX(), from), new Point(flag.lineX(), bottom), "mark");
    }
    for (Flag flag : flags) {
      flag.row().ifPresent(row -> draw(svg, flag, top + row * (double) ROW_HEIGHT));
    }
  }

  /** On a ground of its own, so that the line of another stays behind it. */
  private static void draw(Svg svg, Flag flag, double top) {
    svg.box(
        new Point(flag.fromX() - 1, top), new Point(flag.toX(), top + ROW_HEIGHT - 1), "ground");
    svg.text(new Point(flag.fromX(), top + BASELINE), flag.label(), "label");
  }
}
