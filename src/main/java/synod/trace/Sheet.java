package synod.trace;

import java.util.stream.Collectors;

/** How the things of a diagram look. Where the reader has it dark, it is dark. */
final class Sheet {
  private static final String COMMON =
      """
      text { font: 11px "DejaVu Sans", Verdana, sans-serif; fill: #222222 }
      text.title { font-size: 16px; font-weight: bold }
      text.l { font-size: 9.5px; stroke: #ffffff; stroke-width: 3px; stroke-linejoin: round; paint-order: stroke }
      text.end { text-anchor: end }
      text.middle { text-anchor: middle }
      text.time { font-size: 9px; fill: #666666; text-anchor: end }
      text.pause { font-size: 9px; fill: #666666; font-style: italic }
      text.role { font-size: 10px; fill: #555555 }
      text.name { font-size: 13px; font-weight: bold; text-anchor: middle }
      text.band { font-size: 10.5px; font-weight: bold; text-anchor: middle }
      rect.paper { fill: #ffffff }
      rect.lane { fill: #f3f5f7 }
      rect.leads { fill: #fdeec2 }
      rect.dead { fill: #ffffff; stroke: #b00020; stroke-dasharray: 2 4 }
      rect.band { fill: #e3e7eb; stroke: #8a949e }
      rect.sync { fill: #333333 }
      line.role { stroke: #c3cad1; stroke-width: 1 }
      line.pause { stroke: #b5b5b5; stroke-dasharray: 1 5 }
      .k { fill: none; stroke-width: 1.5 }
      .again { stroke-width: 3; opacity: 0.65 }
      .twice { stroke-width: 0.8 }
      .lost, .open, .dropped { marker-end: none }
      .full { stroke: #c00020; stroke-width: 2.2; fill: #ffffff }
      .cross { stroke: #c00020; stroke-width: 2.2; fill: none }
      .e .s { fill: #ffffff; stroke: #333333; stroke-width: 1.3 }
      .e-crash .s { stroke: #c00020; stroke-width: 2 }
      .e-restart .s { fill: none; stroke: #00703c; stroke-width: 2 }
      .e-crown .s { fill: #ffc20e; stroke: #5f4600 }
      .e-fallen .s { fill: #dddddd }
      .stroke { stroke: #c00020; stroke-width: 2; fill: none }
      .e-chosen .s { fill: #009e73; stroke: #004d38 }
      .e-applied .s { fill: none; stroke: #00703c; stroke-width: 2.4 }
      .e-diamond .s { fill: #7b3fa0 }
      .e-promise .s { fill: #3a9fdd }
      .e-refusal .s { fill: #ffd5da; stroke: #c00020 }
      .e-dot .s { fill: #333333 }
      text.n-crash, text.n-refusal { fill: #c00020; font-weight: bold }
      text.n-crown, text.n-chosen { font-weight: bold }
      .m:hover .k, .e:hover .s { stroke-width: 4 }
      .e:hover text { font-weight: bold; font-size: 12px }
      """;

  private static final String DARK =
      """
      @media (prefers-color-scheme: dark) {
        text { fill: #e4e7ea }
        text.l { stroke: #15181b }
        text.time, text.pause, text.role { fill: #9aa3ab }
        rect.paper { fill: #15181b }
        .full { fill: #15181b }
        rect.lane { fill: #1f2428 }
        rect.leads { fill: #3d3418 }
        rect.dead { fill: #15181b }
        rect.band { fill: #2c3339 }
        rect.sync, .e-dot .s { fill: #d5d9dd }
        line.role { stroke: #3b434a }
      }
      """;

  private Sheet() {}

  static String text() {
    return Look.all().stream().map(Look::rules).collect(Collectors.joining("", "", COMMON + DARK));
  }
}
