package synod.console;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import synod.load.Mark;
import synod.load.Result;
import synod.load.Span;

/** Says what came out of a load. */
record LoadReport(Result result, List<Mark> marks) {
  private static final double MS = TimeUnit.MILLISECONDS.toNanos(1);

  void show(Screen screen) {
    screen.say(table());
    if (!result.refusal().isEmpty()) {
      screen.say("refused, the first with: " + result.refusal());
    }
    if (!result.doubt().isEmpty()) {
      screen.say("unknown, the first since: " + result.doubt());
    }
    screen.say(
        String.format(
            Locale.ROOT,
            "longest time without an answer to anybody: %.0f ms, from %.1f s on",
            result.silence().lengthNs() / MS,
            result.seconds(result.silence().fromNs())));
    marks.forEach(mark -> screen.say(line(mark)));
  }

  private String line(Mark mark) {
    double seconds = Math.max(0, result.seconds(mark.atNs()));
    return String.format(Locale.ROOT, "at %.1f s: %s", seconds, mark.label());
  }

  private Table table() {
    Table table =
        new Table("done", "ops/s", "p50 ms", "p99 ms", "p99.9 ms", "max ms", "refused", "unknown");
    Span whole = result.whole();
    table.add(
        List.of(
            String.valueOf(whole.counts().done()),
            String.valueOf(Math.round(whole.rate())),
            ms(whole.latency().p50()),
            ms(whole.latency().p99()),
            ms(whole.latency().p999()),
            ms(whole.latency().max()),
            String.valueOf(whole.counts().refused()),
            String.valueOf(whole.counts().unknown())));
    return table;
  }

  private static String ms(double ms) {
    return String.format(Locale.ROOT, "%.2f", ms);
  }
}
