package synod.load;

/** How the things of a picture look. Curves differ by their dashes, not by colour alone. */
final class Style {
  static final String SHEET =
      """
      text { font: 12px "DejaVu Sans", Verdana, sans-serif; fill: #222 }
      text.title { font-size: 16px; font-weight: bold }
      text.label { font-size: 11px }
      text.end { text-anchor: end }
      text.middle { text-anchor: middle }
      text.cross { fill: #a00000; font-weight: bold; text-anchor: middle }
      rect.paper { fill: #ffffff }
      rect.ground { fill: #ffffff; opacity: 0.9 }
      rect.silent { fill: #dcdcdc }
      rect.frame { fill: none; stroke: #222 }
      line { stroke: #222 }
      line.grid { stroke: #c4c4c4 }
      line.fine { stroke: #ececec }
      line.mark { stroke: #222; stroke-dasharray: 1 3 }
      polyline, line.rate, line.p50, line.p99 { fill: none; stroke-linejoin: round }
      .rate { stroke: #1f3f7f; stroke-width: 1.6 }
      .p50 { stroke: #1f3f7f; stroke-width: 1.6 }
      .p99 { stroke: #b34700; stroke-width: 1.4; stroke-dasharray: 5 3 }
      """;

  private Style() {}
}
