package synod.load;

import synod.svg.Point;
import synod.svg.Svg;

/** Says what the curves are, on one line. State: how far the line is full. */
final class Legend {
  private static final int SAMPLE = 34;
  private static final int GAP = 6;
  private static final int BETWEEN = 26;
  private static final int HALF = 4;
  private static final double LETTER = 7;

  private final Svg svg;
  private final double y;
  private double x;

  /** Begins there, on that baseline. */
  Legend(Svg svg, Point at) {
    this.svg = svg;
    this.x = at.x();
    this.y = at.y();
  }

  void curve(String kind, String name) {
    svg.line(new Point(x, y - HALF), new Point(x + SAMPLE, y - HALF), kind);
    name(SAMPLE, name);
  }

  void area(String kind, String name) {
    svg.box(new Point(x, y - 2 * HALF - 1), new Point(x + SAMPLE / 2.0, y + 1), kind);
    name(SAMPLE / 2, name);
  }

  void sign(String sign, String kind, String name) {
    svg.text(new Point(x + HALF, y), sign, kind);
    name(2 * HALF, name);
  }

  private void name(int after, String name) {
    svg.text(new Point(x + after + GAP, y), name, "label");
    x += after + GAP + name.length() * LETTER + BETWEEN;
  }
}
