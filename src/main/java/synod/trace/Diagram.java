package synod.trace;

import java.util.List;
import java.util.OptionalLong;

/** A trace as an SVG. */
public final class Diagram {
  private static final int LINE = 16;

  private Diagram() {}

  /**
   * What to show.
   *
   * @param slot what is about this slot alone, if one is given
   * @param election what is about elections alone
   */
  public record Options(String title, OptionalLong slot, boolean election) {}

  /** The whole picture. */
  public static String svg(List<Entry> entries, Options options) {
    List<String> lines = Ladder.lines(Narrow.to(entries, options.slot(), options.election()));
    int height = LINE * (lines.size() + 2);
    StringBuilder svg =
        new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"900\"");
    svg.append(" height=\"").append(height).append("\" font-family=\"monospace\">\n");
    svg.append("<title>").append(escaped(options.title())).append("</title>\n");
    for (int i = 0; i < lines.size(); i++) {
      svg.append("<text xml:space=\"preserve\" y=\"").append(LINE * (i + 1)).append("\">");
      svg.append(escaped(lines.get(i))).append("</text>\n");
    }
    return svg.append("</svg>\n").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
