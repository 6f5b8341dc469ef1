package synod.trace;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import synod.svg.Point;
import synod.svg.Svg;

/**
 * A space-time diagram: a lane a replica with a line for each of its roles, time from the top to
 * the bottom, an arrow a message. Arrows pair by the identity of messages; the height is made by
 * order, so that no arrow runs upward and idle time costs no paper.
 */
public final class Diagram {
  private static final double TITLE = 26;
  private static final double LEGEND = 50;
  private static final double NAMES = 18;
  private static final double ROLES = 72;
  private static final double FOOT = 16;
  private static final double LEAST_WIDTH = 560;

  /** So far apart stand the times at the left edge, at least. */
  private static final double BETWEEN_TIMES = 26;

  private final List<Entry> drawn;
  private final List<Item> items;
  private final Map<String, Integer> leftOut;
  private final String title;
  private final Lanes lanes;
  private final Times times;

  /**
   * What is drawn.
   *
   * @param slot only what concerns this slot
   * @param election only what concerns elections
   */
  public record Options(String title, OptionalLong slot, boolean election) {}

  private Diagram(List<Entry> entries, Options options) {
    List<Entry> merged = Merge.of(entries);
    Focus focus = new Focus(options, merged);
    this.drawn = focus.drawn();
    this.items = Item.of(drawn);
    this.leftOut = focus.leftOut();
    this.title = options.title();
    this.lanes = Lanes.of(drawn);
    this.times = Times.of(merged);
  }

  /** The diagram of all that replicas wrote down, in whatever order it comes, as SVG. */
  public static String svg(List<Entry> entries, Options options) {
    return new Diagram(entries, options).drawn();
  }

  private double width() {
    return Math.max(LEAST_WIDTH, lanes.width());
  }

  private String drawn() {
    Key unseen = new Key(new Svg(new Point(0, 0), "", ""), LEGEND, width());
    unseen.draw(drawn, leftOut);
    double names = unseen.bottom() + NAMES;
    double top = names + ROLES;
    Rows rows = Rows.of(items, top + FOOT);
    double bottom = rows.bottom() + FOOT;
    Svg svg = new Svg(new Point(width(), bottom + 2 * FOOT), title, Sheet.text());
    Look.all().forEach(look -> head(svg, look));
    svg.text(new Point(14, TITLE), title, "title");
    new Key(svg, LEGEND, width()).draw(drawn, leftOut);
    Backdrop backdrop = behind(rows, top);
    backdrop.draw(svg, bottom);
    backdrop.names(svg, names);
    backdrop.roles(svg, top - 4);
    rows.headers().forEach(y -> backdrop.names(svg, y));
    backdrop.names(svg, bottom + FOOT);
    pauses(svg, rows);
    contents(svg, rows);
    return svg.end();
  }

  private static void head(Svg svg, Look look) {
    svg.marker("h-" + look.kind(), look.head().path(), "h-" + look.kind());
  }

  private Backdrop behind(Rows rows, double top) {
    Backdrop backdrop = new Backdrop(lanes, top);
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Item.One one) {
        backdrop.read(one.entry(), rows.y(i));
      }
    }
    return backdrop;
  }

  private void pauses(Svg svg, Rows rows) {
    rows.pauses()
        .forEach(
            (y, micros) -> {
              svg.line(new Point(Lanes.LEFT, y), new Point(width() - 10, y), "pause");
              svg.text(
                  new Point(12, y + 3), String.format("%.0f ms later", micros / 1_000.0), "pause");
            });
  }

  private void contents(Svg svg, Rows rows) {
    Arrows arrows = new Arrows(svg, lanes, times);
    double lastTime = 0;
    for (int i = 0; i < items.size(); i++) {
      double y = rows.y(i);
      if (items.get(i) instanceof Item.Band band) {
        band(svg, band, y);
      } else if (items.get(i) instanceof Item.One one) {
        arrows.draw(one.entry(), y);
        if (y - lastTime >= BETWEEN_TIMES) {
          svg.text(new Point(Lanes.LEFT - 8, y + 3), times.of(one.entry().micros()), "time");
          lastTime = y;
        }
      }
    }
    arrows.end(rows.bottom());
    marks(svg, rows);
  }

  /** Above all arrows. */
  private void marks(Svg svg, Rows rows) {
    Marks marks = new Marks(svg);
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Item.One one) {
        mark(marks, one.entry(), rows.y(i));
      }
    }
  }

  private void mark(Marks marks, Entry entry, double y) {
    String where = "replica " + entry.replica() + ", " + times.of(entry.micros()) + ": ";
    if (entry.fact() instanceof Fact.Happened happened) {
      Point at = new Point(lanes.x(entry.replica(), happened.role()), y);
      marks.draw(at, Mark.of(happened), where + happened.role() + ": " + happened.text());
    } else if (entry.fact() instanceof Fact.Synced synced) {
      Point at = new Point(lanes.x(entry.replica(), synced.role()), y);
      String took = String.format(": synced in %.2f ms", synced.tookMicros() / 1_000.0);
      marks.sync(at, where + synced.role() + took);
    }
  }

  private void band(Svg svg, Item.Band band, double y) {
    Point corner = new Point(Lanes.LEFT - 4, y - 10);
    svg.box(corner, new Point(width() - 8, y + 10), "band");
    svg.text(new Point((Lanes.LEFT + width()) / 2, y + 4), band.text(), "band");
  }
}
