package synod.door;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The sections of INFO that have a line for each command or error, in the form of Redis. */
final class InfoFigures {
  private final Hall hall;

  InfoFigures(Hall hall) {
    this.hall = hall;
  }

  Map<String, Object> commands() {
    Map<String, Object> lines = new LinkedHashMap<>();
    hall.commands()
        .times()
        .forEach(
            (name, times) -> {
              if (times.calls() + times.rejected() > 0) {
                lines.put("cmdstat_" + name, figures(times));
              }
            });
    return lines;
  }

  private static String figures(CommandTimes times) {
    long calls = times.calls();
    double each = calls == 0 ? 0 : (double) times.micros() / calls;
    return String.format(
        Locale.ROOT,
        "calls=%d,usec=%d,usec_per_call=%.2f,rejected_calls=%d,failed_calls=%d",
        calls,
        times.micros(),
        each,
        times.rejected(),
        times.failed());
  }

  Map<String, Object> latencies() {
    Map<String, Object> lines = new LinkedHashMap<>();
    hall.commands()
        .times()
        .forEach(
            (name, times) -> {
              if (times.calls() > 0) {
                lines.put("latency_percentiles_usec_" + name, percentiles(times));
              }
            });
    return lines;
  }

  private static String percentiles(CommandTimes times) {
    return String.format(
        "p50=%d,p99=%d,p99.9=%d",
        times.percentile(0.5), times.percentile(0.99), times.percentile(0.999));
  }

  Map<String, Object> errors() {
    Map<String, Object> lines = new LinkedHashMap<>();
    hall.counters()
        .errors()
        .forEach((code, count) -> lines.put("errorstat_" + code, "count=" + count));
    return lines;
  }
}
