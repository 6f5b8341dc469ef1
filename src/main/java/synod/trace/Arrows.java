package synod.trace;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import synod.svg.Point;
import synod.svg.Svg;

/**
 * Draws messages, each from where it was sent to where it was received. State: where each was sent,
 * which of them arrived or were lost, and what was said before.
 */
final class Arrows {
  private final Svg svg;
  private final Lanes lanes;
  private final Times times;
  private final TreeMap<String, Start> starts = new TreeMap<>();
  private final Labels labels = new Labels();
  private final TreeSet<String> ended = new TreeSet<>();
  private final TreeSet<String> said = new TreeSet<>();

  /** A message that left. */
  private record Start(Entry entry, Fact.Sent sent, Point at, boolean again) {}

  /** A line to be drawn, and what is said of it. */
  private record Arrow(Point from, Point to, String kind, String title) {
    Point at(double part) {
      return new Point(
          from.x() + part * (to.x() - from.x()), from.y() + part * (to.y() - from.y()));
    }
  }

  Arrows(Svg svg, Lanes lanes, Times times) {
    this.svg = svg;
    this.lanes = lanes;
    this.times = times;
  }

  void draw(Entry entry, double y) {
    if (entry.fact() instanceof Fact.Sent sent) {
      Point at = new Point(lanes.x(entry.replica(), sent.said().from()), y);
      starts.put(sent.id(), new Start(entry, sent, at, !said.add(key(entry, sent))));
    } else if (entry.fact() instanceof Fact.Received received) {
      receive(entry, received, y);
    } else if (entry.fact() instanceof Fact.Dropped dropped) {
      drop(entry, dropped, y);
    } else if (entry.fact() instanceof Fact.Lost lost) {
      lose(lost, y);
    }
  }

  private static String key(Entry entry, Fact.Sent sent) {
    Said what = sent.said();
    boolean named = what.slot() > 0 && !what.ballot().isEmpty();
    return List.of(entry.replica(), sent.to(), what.kind(), what.ballot(), what.slot())
        + (named ? "" : what.text());
  }

  private void receive(Entry entry, Fact.Received received, double y) {
    Point to = new Point(lanes.x(entry.replica(), received.said().to()), y);
    Start start = starts.get(received.id());
    if (start == null) {
      fromBefore(entry, received, to);
      return;
    }
    boolean twice = !ended.add(received.id());
    String title =
        title(start, "received " + times.of(entry.micros()) + (twice ? ", doubled" : ""));
    String note = twice ? " doubled" : start.again() ? " again" : "";
    String kind = (twice ? "twice " : start.again() ? "again " : "") + kind(received.said());
    Arrow arrow = new Arrow(start.at(), to, kind, title);
    svg.group("m", title);
    line(arrow);
    svg.endGroup();
    if (received.from() != entry.replica()) {
      label(arrow, entry.replica(), Look.label(received.said()) + note, received.said());
    } else if (twice || start.again()) {
      labels.put(new Point(to.x() + 4, to.y() + 8), note.trim(), colour(received.said()));
    }
  }

  /** It was sent before the trace began: it comes from the edge of the lane. */
  private void fromBefore(Entry entry, Fact.Received received, Point to) {
    String title = Look.label(received.said()) + ": sent before the trace began";
    svg.group("m", title);
    line(new Arrow(before(entry, received, to), to, "before " + kind(received.said()), title));
    svg.endGroup();
  }

  private static Point before(Entry entry, Fact.Arrived arrived, Point to) {
    boolean toTheRight = arrived.from() <= entry.replica();
    return new Point(to.x() + (toTheRight ? -30 : 30), to.y() - 8);
  }

  /** It reaches the lane, and ends at a sign that says no entry. */
  private void drop(Entry entry, Fact.Dropped dropped, double y) {
    Point to = new Point(lanes.x(entry.replica(), dropped.said().to()), y);
    Start start = starts.get(dropped.id());
    ended.add(dropped.id());
    String fate = "dropped " + times.of(entry.micros()) + ": the mailbox was full";
    String text = Look.label(dropped.said());
    String title =
        start == null ? text + ": sent before the trace began, " + fate : title(start, fate);
    Point from = start == null ? before(entry, dropped, to) : start.at();
    Arrow arrow = new Arrow(from, to, "dropped " + kind(dropped.said()), title);
    svg.group("m", title);
    line(arrow);
    noEntry(svg, to);
    svg.endGroup();
    if (start == null || dropped.from() == entry.replica()) {
      labels.put(new Point(to.x() + 8, to.y() + 9), text + " dropped", colour(dropped.said()));
    } else {
      label(arrow, entry.replica(), text + " dropped", dropped.said());
    }
  }

  static void noEntry(Svg svg, Point at) {
    svg.path(
        String.format(
            Locale.ROOT, "M%.1f %.1fm-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0m2.5 0h7", at.x(), at.y()),
        "full");
  }

  private void lose(Fact.Lost lost, double y) {
    Start start = starts.get(lost.id());
    if (start == null || !ended.add(lost.id())) {
      return;
    }
    Point aim = new Point(lanes.x(lost.to(), lost.said().to()), Math.max(y, start.at().y() + 18));
    String title = title(start, "lost");
    Arrow whole = new Arrow(start.at(), aim, "lost " + kind(lost.said()), title);
    Point end = whole.at(lostAt(whole, lost.to()));
    svg.group("m", title);
    line(new Arrow(start.at(), end, whole.kind(), title));
    svg.path(
        String.format(Locale.ROOT, "M%.1f %.1fm-5 -5l10 10m0 -10l-10 10", end.x(), end.y()),
        "cross");
    svg.endGroup();
    String text = Look.label(lost.said()) + (start.again() ? " again" : "") + " lost";
    if (start.at().x() == aim.x() || start.entry().replica() == lost.to()) {
      labels.put(new Point(end.x() + 8, end.y() + 9), text, colour(lost.said()));
    } else {
      label(whole, lost.to(), text, lost.said());
    }
  }

  /** In front of the lane that it does not reach. */
  private double lostAt(Arrow whole, int to) {
    double width = whole.to().x() - whole.from().x();
    double before = width > 0 ? lanes.left(to) - 10 : lanes.right(to) + 10;
    double part = width == 0 ? 1 : (before - whole.from().x()) / width;
    return part > 0 && part < 1 ? part : 0.5;
  }

  /** Those of which nobody knows what became of them end in the open. Then all labels. */
  void end(double bottom) {
    for (Start start : starts.values()) {
      if (ended.add(start.sent().id())) {
        underway(start, bottom);
      }
    }
    labels.draw(svg);
  }

  private void underway(Start start, double bottom) {
    Fact.Sent sent = start.sent();
    Point aim = new Point(lanes.x(sent.to(), sent.said().to()), start.at().y() + 24);
    String title = title(start, "its receipt was not recorded");
    Arrow whole = new Arrow(start.at(), aim, "open " + kind(sent.said()), title);
    Point end = whole.at(0.4);
    svg.group("m", title);
    line(new Arrow(start.at(), new Point(end.x(), Math.min(end.y(), bottom)), whole.kind(), title));
    svg.endGroup();
  }

  private String title(Start start, String fate) {
    Said what = start.sent().said();
    return String.format(
        "%s, %d %s \u2192 %d %s: %s; sent %s, %s%s",
        Look.label(what),
        start.entry().replica(),
        what.from(),
        start.sent().to(),
        what.to(),
        what.text(),
        times.of(start.entry().micros()),
        fate,
        start.again() ? "; said before" : "");
  }

  private static String kind(Said said) {
    return "k k-" + Look.of(said.kind()).kind();
  }

  private static String colour(Said said) {
    return "t-" + Look.of(said.kind()).kind();
  }

  private void line(Arrow arrow) {
    svg.path(
        String.format(
            Locale.ROOT,
            "M%.1f %.1fL%.1f %.1f",
            arrow.from().x(),
            arrow.from().y(),
            arrow.to().x(),
            arrow.to().y()),
        arrow.kind());
  }

  /** Beside the lane in which it ends, under the line. */
  private void label(Arrow arrow, int replica, String text, Said said) {
    boolean toTheRight = arrow.to().x() > arrow.from().x();
    double x = toTheRight ? lanes.left(replica) - 4 : lanes.right(replica) + 4;
    double part = (x - arrow.from().x()) / (arrow.to().x() - arrow.from().x());
    Point at = new Point(x, arrow.at(part).y() + 10);
    labels.put(at, text, (toTheRight ? "end " : "") + colour(said));
  }
}
