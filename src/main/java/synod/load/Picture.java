package synod.load;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import synod.svg.Point;
import synod.svg.Svg;

/**
 * A run as a picture: operations a second above, latencies below, interval by interval, and what
 * happened at the replicas meanwhile. State: what is drawn so far, and the two panels.
 */
public final class Picture {
  private static final Point SIZE = new Point(960, 540);
  private static final int LEFT = 84;
  private static final int RIGHT = 938;
  private static final int TITLE = 28;
  private static final int SUBTITLE = 47;
  private static final int TOP = 60;
  private static final int MIDDLE = 304;
  private static final int LOWER = 322;
  private static final int BOTTOM = 488;
  private static final int LEGEND = 528;

  private static final int STEPS_ACROSS = 12;
  private static final int STEPS_UP = 5;
  private static final double ROOM = 1.08;
  private static final double SHORTEST_S = 0.001;
  private static final double LEAST_MS = 0.01;
  private static final String CROSS = "\u00d7";

  private final Result result;
  private final Caption caption;
  private final Svg svg;
  private final Flags flags = new Flags(SIZE.x());
  private final Panel rate;
  private final Panel latency;

  private Picture(Result result, List<Mark> marks) {
    this.result = result;
    this.caption = new Caption(result);
    this.svg = new Svg(SIZE, caption.title(), Style.SHEET);
    double seconds = Math.max(SHORTEST_S, result.seconds(result.whole().toNs()));
    Scale across = Scale.linear(seconds, STEPS_ACROSS);
    this.latency = new Panel(new Point(LEFT, LOWER), new Point(RIGHT, BOTTOM), across, ms());
    marks.stream()
        .sorted(Comparator.comparingLong(Mark::atNs))
        .forEach(mark -> flags.add(latency.x(result.seconds(mark.atNs())), mark.label()));
    Point corner = new Point(LEFT, TOP + flags.rows() * (double) Flags.ROW_HEIGHT);
    this.rate = new Panel(corner, new Point(RIGHT, MIDDLE), across, rates());
  }

  /** The picture of a run as SVG, with marks where something happened. */
  public static String of(Result result, List<Mark> marks) {
    return new Picture(result, marks).drawn();
  }

  private Scale rates() {
    double highest = result.spans().stream().mapToDouble(Span::rate).max().orElse(1);
    return Scale.linear(ROOM * Math.max(1, highest), STEPS_UP);
  }

  private Scale ms() {
    List<Span> answered = result.spans().stream().filter(span -> !span.isSilent()).toList();
    double low = answered.stream().mapToDouble(span -> span.latency().p50()).min().orElse(1);
    double high = answered.stream().mapToDouble(span -> span.latency().p99()).max().orElse(1);
    return Scale.log(Math.max(LEAST_MS, low), Math.max(LEAST_MS, high));
  }

  private String drawn() {
    svg.text(new Point(LEFT, TITLE), caption.title(), "title");
    svg.text(new Point(LEFT, SUBTITLE), caption.subtitle(), "label");
    result.silences().forEach(this::shade);
    axes();
    flags.draw(svg, TOP, BOTTOM);
    curves();
    result.spans().stream().filter(span -> span.counts().errors() > 0).forEach(this::cross);
    legend();
    return svg.end();
  }

  private double middle(Span span) {
    return result.seconds(span.fromNs() + (span.toNs() - span.fromNs()) / 2);
  }

  private void shade(Pause silence) {
    double from = rate.x(result.seconds(silence.fromNs()));
    double to = rate.x(result.seconds(silence.fromNs() + silence.lengthNs()));
    svg.box(new Point(from, rate.from().y()), new Point(to, MIDDLE), "silent");
    svg.box(new Point(from, LOWER), new Point(to, BOTTOM), "silent");
  }

  private void axes() {
    rate.drawUp(svg, caption.rateAxis());
    rate.drawAcross(svg, false);
    latency.drawUp(svg, caption.latencyAxis());
    latency.drawAcross(svg, true);
    svg.text(new Point(RIGHT, LEGEND), "seconds since the start", "end");
  }

  private void curves() {
    List<Span> answered = result.spans().stream().filter(span -> !span.isSilent()).toList();
    svg.polyline(curve(rate, result.spans(), Span::rate), "rate");
    svg.polyline(curve(latency, answered, span -> span.latency().p50()), "p50");
    svg.polyline(curve(latency, answered, span -> span.latency().p99()), "p99");
  }

  private List<Point> curve(Panel panel, List<Span> spans, ToDoubleFunction<Span> value) {
    return spans.stream().map(span -> panel.at(middle(span), value.applyAsDouble(span))).toList();
  }

  private void cross(Span span) {
    svg.text(new Point(rate.x(middle(span)), MIDDLE - 3.0), CROSS, "cross");
  }

  private void legend() {
    Legend legend = new Legend(svg, new Point(LEFT, LEGEND));
    legend.curve("rate", "done");
    legend.curve("p50", "latency, p50");
    legend.curve("p99", "p99");
    if (!result.silences().isEmpty()) {
      legend.area("silent", "nothing done");
    }
    if (result.whole().counts().errors() > 0) {
      legend.sign(CROSS, "cross", "refused or unknown");
    }
  }
}
