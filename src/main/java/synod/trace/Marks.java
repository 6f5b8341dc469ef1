package synod.trace;

import java.util.Locale;
import synod.svg.Point;
import synod.svg.Svg;

/** Draws events on the lines of their roles, each by a shape of its own. */
final class Marks {
  private static final double ASIDE = 9;

  private final Svg svg;

  Marks(Svg svg) {
    this.svg = svg;
  }

  void draw(Point at, Mark mark, String title) {
    String kind = mark.shape().name().toLowerCase(Locale.ROOT);
    svg.group("e e-" + kind, title);
    shape(at, mark.shape());
    if (!mark.label().isEmpty()) {
      svg.text(new Point(at.x() + ASIDE, at.y() + 3), mark.label(), "l n-" + kind);
    }
    svg.endGroup();
  }

  /** A bar, the longer the longer it took; it ends where the disk was done. */
  void sync(Point at, String title) {
    svg.group("e", title);
    svg.box(new Point(at.x() - 6, at.y() - 2), new Point(at.x() + 6, at.y() + 2), "sync");
    svg.endGroup();
  }

  void shape(Point at, Mark.Shape shape) {
    svg.path(moved(at, commands(shape)), "s");
    if (shape == Mark.Shape.FALLEN) {
      svg.path(moved(at, "m-8 6l16 -12"), "stroke");
    }
  }

  private static String moved(Point at, String commands) {
    return String.format(Locale.ROOT, "M%.1f %.1f%s", at.x(), at.y(), commands);
  }

  private static String commands(Mark.Shape shape) {
    return switch (shape) {
      case CRASH -> "m-6 -6h12v12h-12zm2 2l8 8m0 -8l-8 8";
      case RESTART -> "m5 -3a6 6 0 1 0 1 4m-1 -9v5h-5";
      case CROWN, FALLEN -> "m-7 5l-1 -9l4 3l4 -5l4 5l4 -3l-1 9z";
      case CHOSEN -> "m0 -7l2 5l5 0l-4 3l2 5l-5 -3l-5 3l2 -5l-4 -3l5 0z";
      case APPLIED -> "m-4 0l3 4l6 -8";
      case DIAMOND -> "m-5 0l5 -5l5 5l-5 5z";
      case PROMISE -> "m-4 -4h8v8h-8z";
      case REFUSAL -> "m-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0m2 -3l6 6";
      case DOT -> "m-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0";
    };
  }
}
