package synod.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import synod.svg.Point;
import synod.svg.Svg;

/**
 * The labels of arrows: above all lines, and none over one of the last few. State: the labels with
 * their places.
 */
final class Labels {
  private static final double HEIGHT = 9.5;
  private static final double LETTER = 5.6;
  private static final int TRIES = 4;
  private static final int REMEMBERED = 16;

  private final List<Label> labels = new ArrayList<>();
  private final Deque<Label> last = new ArrayDeque<>();

  private record Label(Point at, String text, String kind) {
    private double left() {
      return kind.startsWith("end ") ? at.x() - text.length() * LETTER : at.x();
    }

    private double right() {
      return left() + text.length() * LETTER;
    }

    boolean isOver(Label that) {
      return Math.abs(at.y() - that.at.y()) < HEIGHT
          && left() < that.right()
          && that.left() < right();
    }

    Label lower() {
      return new Label(new Point(at.x(), at.y() + HEIGHT), text, kind);
    }
  }

  /** There, or a little lower where there is one already. */
  void put(Point at, String text, String kind) {
    Label label = new Label(at, text, kind);
    for (int i = 0; i < TRIES && last.stream().anyMatch(label::isOver); i++) {
      label = label.lower();
    }
    labels.add(label);
    last.addLast(label);
    if (last.size() > REMEMBERED) {
      last.removeFirst();
    }
  }

  void draw(Svg svg) {
    labels.forEach(label -> svg.text(label.at(), label.text(), "l " + label.kind()));
  }
}
