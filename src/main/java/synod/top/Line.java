package synod.top;

import java.util.ArrayList;
import java.util.List;

/** A line of the screen, from left to right. */
public final class Line {
  private final List<Span> spans = new ArrayList<>();
  private int width;

  /** Text that looks alike. */
  public record Span(String text, Look look) {}

  Line add(String text) {
    return add(text, Look.PLAIN);
  }

  Line add(String text, Look look) {
    if (!text.isEmpty()) {
      spans.add(new Span(text, look));
      width += text.length();
    }
    return this;
  }

  /** Blanks up to that column; one at least, unless it is the first. */
  Line to(int column) {
    return add(" ".repeat(Math.max(width == 0 ? 0 : 1, column - width)));
  }

  int width() {
    return width;
  }

  /** So that it ends at that column. */
  Line endingAt(int column, String text, Look look) {
    return to(column - text.length()).add(text, look);
  }

  /** What fits in so many columns. */
  public List<Span> spans(int columns) {
    List<Span> fitting = new ArrayList<>();
    int room = columns;
    for (Span span : spans) {
      String text = span.text().substring(0, Math.min(room, span.text().length()));
      if (!text.isEmpty()) {
        fitting.add(new Span(text, span.look()));
      }
      room -= text.length();
    }
    return fitting;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    spans.forEach(span -> text.append(span.text()));
    return text.toString().stripTrailing();
  }
}
