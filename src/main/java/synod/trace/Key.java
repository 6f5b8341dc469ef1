package synod.trace;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import synod.svg.Point;
import synod.svg.Svg;

/** The legend: what occurs in this diagram, in lines. State: how far the line is full. */
final class Key {
  private static final double LINE = 19;
  private static final double SAMPLE = 34;
  private static final double LETTER = 6.7;
  private static final double INDENT = 14;

  private final double width;
  private final Svg svg;
  private double x = INDENT;
  private double y;

  Key(Svg svg, double y, double width) {
    this.svg = svg;
    this.y = y;
    this.width = width;
  }

  void draw(List<Entry> drawn, Map<String, Integer> leftOut) {
    TreeSet<String> kinds = new TreeSet<>();
    TreeSet<Mark.Shape> shapes = new TreeSet<>();
    for (Entry entry : drawn) {
      entry.fact().message().ifPresent(said -> kinds.add(Look.of(said.kind()).kind()));
      if (entry.fact() instanceof Fact.Happened happened) {
        shapes.add(Mark.of(happened).shape());
      }
    }
    Look.all().stream().filter(look -> kinds.contains(look.kind())).forEach(this::arrow);
    shapes.forEach(this::mark);
    rest();
    if (drawn.stream().anyMatch(entry -> entry.fact() instanceof Fact.Dropped)) {
      Point full = next(18, "dropped: the mailbox was full");
      Arrows.noEntry(svg, new Point(full.x() + 8, full.y() - 4));
    }
    leftOut(leftOut);
  }

  private void arrow(Look look) {
    Point at = next(SAMPLE, look.meaning());
    svg.path(
        String.format(Locale.ROOT, "M%.1f %.1fh%.1f", at.x(), at.y() - 4, SAMPLE),
        "k k-" + look.kind());
  }

  private void mark(Mark.Shape shape) {
    Point at = next(18, meaning(shape));
    svg.group("e e-" + shape.name().toLowerCase(Locale.ROOT), meaning(shape));
    new Marks(svg).shape(new Point(at.x() + 8, at.y() - 4), shape);
    svg.endGroup();
  }

  private void rest() {
    Point bar = next(18, "disk synced");
    svg.box(new Point(bar.x() + 2, bar.y() - 6), new Point(bar.x() + 14, bar.y() - 2), "sync");
    Point leads = next(18, "leads");
    svg.box(
        new Point(leads.x(), leads.y() - 10), new Point(leads.x() + 16, leads.y() + 2), "leads");
    Point dead = next(18, "process dead");
    svg.box(new Point(dead.x(), dead.y() - 10), new Point(dead.x() + 16, dead.y() + 2), "dead");
    Point lost = next(18, "lost message");
    svg.path(
        String.format(Locale.ROOT, "M%.1f %.1fl10 10m0 -10l-10 10", lost.x() + 3, lost.y() - 9),
        "cross");
  }

  private void leftOut(Map<String, Integer> leftOut) {
    if (!leftOut.isEmpty()) {
      String counts =
          leftOut.entrySet().stream()
              .map(kind -> kind.getValue() + " " + kind.getKey())
              .collect(Collectors.joining(", "));
      for (String line : wrapped("Not drawn: " + counts + ".")) {
        x = width;
        Point at = next(0, line);
        x = width;
        y = at.y();
      }
    }
  }

  private List<String> wrapped(String text) {
    int letters = (int) ((width - 2 * INDENT) / LETTER);
    return List.of(text.replaceAll("(.{1," + letters + "})(?: |$)", "$1\n").split("\n", 0));
  }

  /** A place for a sign, with its words behind it. */
  private Point next(double sign, String words) {
    double needed = sign + 6 + words.length() * LETTER + 18;
    if (x > INDENT && x + needed > width) {
      x = INDENT;
      y += LINE;
    }
    Point at = new Point(x, y);
    svg.text(new Point(x + sign + (sign == 0 ? 0 : 6), y), words, "key");
    x += needed;
    return at;
  }

  /** The first baseline below it. */
  double bottom() {
    return y + LINE;
  }

  private static String meaning(Mark.Shape shape) {
    return switch (shape) {
      case CRASH -> "crash";
      case RESTART -> "restart";
      case CROWN -> "begins to lead";
      case FALLEN -> "leads no more";
      case CHOSEN -> "a quorum accepted: chosen";
      case APPLIED -> "applied";
      case DIAMOND -> "election or phase 1 ended";
      case PROMISE -> "promised";
      case REFUSAL -> "rejected";
      case DOT -> "another event";
    };
  }
}
