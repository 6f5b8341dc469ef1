package synod.console;

import java.util.Locale;
import java.util.function.Consumer;
import synod.load.Plan;
import synod.load.Progress;

/**
 * How a load goes: on a terminal one line that is written over each second, elsewhere a line each
 * second, or each tenth of a load that is longer than ten. State: when the next line is due.
 */
final class LoadProgress implements Consumer<Progress> {
  private static final int BAR = 20;
  private static final double PARTS = 10;
  private static final double EARLY = 0.5;

  private final Screen screen;
  private final Plan plan;
  private double dueSeconds;

  LoadProgress(Screen screen, Plan plan) {
    this.screen = screen;
    this.plan = plan;
  }

  @Override
  public void accept(Progress progress) {
    if (screen.isTerminal()) {
      screen.rewrite(bar(progress) + line(progress));
    } else if (progress.seconds() > dueSeconds - EARLY) {
      dueSeconds = progress.seconds() + Math.max(1, plan.seconds() / PARTS);
      screen.say(line(progress));
    }
  }

  private String bar(Progress progress) {
    int full = (int) Math.min(BAR, Math.round(BAR * progress.seconds() / plan.seconds()));
    return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "] ";
  }

  private String line(Progress progress) {
    return String.format(
        Locale.ROOT,
        "%.0f of %d s  %6.0f ops/s  p99 %s  errors %d",
        progress.seconds(),
        plan.seconds(),
        progress.last().rate(),
        progress.last().isSilent()
            ? "none"
            : String.format(Locale.ROOT, "%.1f ms", progress.last().latency().p99()),
        progress.whole().counts().errors());
  }

  /** Takes the line away. */
  void end() {
    if (screen.isTerminal()) {
      screen.rewrite("");
    }
  }
}
