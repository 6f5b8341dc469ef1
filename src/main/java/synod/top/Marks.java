package synod.top;

/** The characters of the view: of Unicode, or of ASCII where a terminal has no more. */
public enum Marks {
  UNICODE(
      "\u265b",
      "\u25cf",
      "\u25cb",
      "\u25d0",
      "\u2716",
      "\u2588",
      "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588"),
  ASCII("*", "o", ".", "~", "!", "#", "_.:-=+#@");

  final String crown;
  final String on;
  final String idle;
  final String busy;
  final String crash;
  final String bar;
  private final String heights;

  Marks(
      String crown, String on, String idle, String busy, String crash, String bar, String heights) {
    this.crown = crown;
    this.on = on;
    this.idle = idle;
    this.busy = busy;
    this.crash = crash;
    this.bar = bar;
    this.heights = heights;
  }

  /** A height of a chart, from nothing to the most. */
  char height(double value, double most) {
    int last = heights.length() - 1;
    int level = most <= 0 ? 0 : (int) Math.ceil(value / most * last);
    return heights.charAt(Math.max(0, Math.min(last, level)));
  }
}
