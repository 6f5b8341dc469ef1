package synod.svg;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Writes a picture in SVG that needs nothing beside itself. How a thing looks is said by the kinds
 * of its style sheet. State: what was drawn so far; later things lie above.
 */
public final class Svg {
  private final StringBuilder out = new StringBuilder();

  /** An empty picture of that size, with a title for who cannot see it. */
  public Svg(Point size, String title, String style) {
    out.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%1$.0f\""
                + " height=\"%2$.0f\" viewBox=\"0 0 %1$.0f %2$.0f\">\n",
            size.x(),
            size.y()));
    out.append("<title>").append(escaped(title)).append("</title>\n");
    out.append("<style>\n").append(escaped(style)).append("</style>\n");
    box(new Point(0, 0), size, "paper");
  }

  public void line(Point from, Point to, String kind) {
    element(
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
        kind, from.x(), from.y(), to.x(), to.y());
  }

  /** Given by two opposite corners, the upper left one first. */
  public void box(Point from, Point to, String kind) {
    element(
        "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
        kind, from.x(), from.y(), to.x() - from.x(), to.y() - from.y());
  }

  public void polyline(List<Point> points, String kind) {
    String list =
        points.stream()
            .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", point.x(), point.y()))
            .collect(Collectors.joining(" "));
    element("<polyline class=\"%s\" points=\"%s\"/>", kind, list);
  }

  public void text(Point at, String text, String kind) {
    element(
        "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", kind, at.x(), at.y(), escaped(text));
  }

  /** Read from the bottom to the top. */
  public void uprightText(Point at, String text, String kind) {
    element(
        "<text class=\"%s\" transform=\"translate(%.1f %.1f) rotate(-90)\">%s</text>",
        kind, at.x(), at.y(), escaped(text));
  }

  /** What follows, up to {@link #endGroup}, has this title: shown when the mouse is on it. */
  public void group(String kind, String title) {
    out.append("<g class=\"").append(kind).append("\"><title>").append(escaped(title));
    out.append("</title>\n");
  }

  public void endGroup() {
    out.append("</g>\n");
  }

  /** By the commands of SVG: {@code M 0 0 L 10 10}. */
  public void path(String commands, String kind) {
    out.append("<path class=\"").append(kind).append("\" d=\"").append(commands).append("\"/>\n");
  }

  /** The head of lines of that kind: a path that points to the right, with its tip at (10, 5). */
  public void marker(String id, String commands, String kind) {
    element(
        "<defs><marker id=\"%s\" viewBox=\"0 0 10 10\" refX=\"10\" refY=\"5\" markerWidth=\"8\""
            + " markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto\">"
            + "<path class=\"%s\" d=\"%s\"/></marker></defs>",
        id, kind, commands);
  }

  private void element(String format, Object... arguments) {
    out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  /** What XML does not allow at all becomes a question mark. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isOfXml(c) ? c : '?');
              }
            });
    return escaped.toString();
  }

  private static boolean isOfXml(int c) {
    return c == '\t'
        || c == '\n'
        || (c >= ' ' && c <= 0xd7ff)
        || (c >= 0xe000 && c <= 0xfffd)
        || c > 0xffff;
  }

  /** The whole picture. */
  public String end() {
    return out + "</svg>\n";
  }
}
