package synod.load;

import synod.svg.Point;
import synod.svg.Svg;

/**
 * A part of a picture with two axes.
 *
 * @param from the upper left corner
 * @param to the lower right corner
 * @param across the scale from left to right
 * @param up the scale from the bottom to the top
 */
record Panel(Point from, Point to, Scale across, Scale up) {
  private static final int TICK = 5;
  private static final int LABEL = 9;
  private static final int BASELINE = 4;
  private static final int BELOW = 18;
  private static final int TITLE = 66;

  Point at(double x, double y) {
    return new Point(x(x), to.y() - up.part(y) * (to.y() - from.y()));
  }

  double x(double x) {
    return from.x() + across.part(x) * (to.x() - from.x());
  }

  /** What lies below the curves: the frame, and a line and a name for each step upwards. */
  void drawUp(Svg svg, String title) {
    for (Tick tick : up.ticks()) {
      Point left = at(0, tick.value());
      boolean named = !tick.label().isEmpty();
      svg.line(left, new Point(to.x(), left.y()), named ? "grid" : "fine");
      if (named) {
        svg.text(new Point(left.x() - LABEL, left.y() + BASELINE), tick.label(), "end");
      }
    }
    svg.box(from, to, "frame");
    svg.uprightText(new Point(from.x() - TITLE, (from.y() + to.y()) / 2), title, "middle");
  }

  /** The steps from left to right; their names only where no other panel stands below. */
  void drawAcross(Svg svg, boolean named) {
    for (Tick tick : across.ticks()) {
      double x = x(tick.value());
      svg.line(new Point(x, to.y()), new Point(x, to.y() + TICK), "axis");
      if (named) {
        svg.text(new Point(x, to.y() + BELOW), tick.label(), "middle");
      }
    }
  }
}
