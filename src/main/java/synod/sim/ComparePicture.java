package synod.sim;

import synod.svg.Point;
import synod.svg.Svg;

/** Both runs of a comparison, one above the other: answers as bars, locked keys as lines. */
final class ComparePicture {
  private static final double LEFT = 150;
  private static final double WIDTH = 800;
  private static final double PANEL = 250;
  private static final double BARS = 90;
  private static final long STEP = 50_000;
  private static final String STYLE =
      ".paper{fill:#fff} text{font:13px sans-serif;fill:#222} .head{font-weight:bold;font-size:15px}"
          + " .answer{fill:#2a6f97} .lock{fill:#b5482a} .away{fill:#eee} .axis{stroke:#555}";

  private final Svg svg;
  private final Comparison runs;

  private ComparePicture(Comparison runs) {
    this.runs = runs;
    this.svg =
        new Svg(new Point(LEFT + WIDTH + 20, 2 * PANEL + 30), "One crash: 2PC and Paxos", STYLE);
  }

  static String of(Comparison runs) {
    ComparePicture picture = new ComparePicture(runs);
    picture.panel(
        0, "Two-phase commit", new Figures(runs.twoPhase(), runs.contest(), runs.crash()));
    picture.panel(PANEL, "Paxos", new Figures(runs.paxos(), runs.contest(), runs.crash()));
    return picture.svg.end();
  }

  private double x(long micros) {
    return LEFT + WIDTH * micros / runs.contest().end();
  }

  private void panel(double top, String name, Figures figures) {
    double foot = top + 35 + BARS;
    double bottom = foot + 16 + 12 * Contest.KEYS;
    long back = runs.contest().back().map(away -> runs.crash() + away).orElse(runs.contest().end());
    svg.box(new Point(x(runs.crash()), top + 30), new Point(x(back), bottom), "away");
    svg.text(new Point(10, top + 22), name, "head");
    svg.text(new Point(x(runs.crash()), top + 26), "dies", "word");
    svg.text(new Point(x(back), top + 26), "is back", "word");
    svg.text(new Point(10, foot - 40), "answers in 50 ms", "word");
    answers(foot, figures);
    svg.line(new Point(LEFT, foot), new Point(LEFT + WIDTH, foot), "axis");
    svg.text(new Point(10, foot + 60), "keys locked", "word");
    if (figures.locks().isEmpty()) {
      svg.text(new Point(LEFT, foot + 60), "none, ever", "word");
    }
    for (Figures.Locked lock : figures.locks()) {
      double y = foot + 10 + 12 * Integer.parseInt(lock.key().substring(1));
      double to = Math.max(x(lock.to()), x(lock.from()) + 0.5);
      svg.box(new Point(x(lock.from()), y), new Point(to, y + 9), "lock");
    }
    for (long second = 0; second <= runs.contest().end(); second += 1_000_000) {
      svg.text(new Point(x(second), bottom + 14), second / 1_000_000 + " s", "word");
    }
  }

  private void answers(double foot, Figures figures) {
    for (long from = 0; from < runs.contest().end(); from += STEP) {
      long begin = from;
      double count = figures.answers().stream().filter(t -> t >= begin && t < begin + STEP).count();
      svg.box(
          new Point(x(from), foot - Math.min(BARS, 4 * count)),
          new Point(x(from + STEP) - 1, foot),
          "answer");
    }
  }
}
