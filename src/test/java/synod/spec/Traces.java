package synod.spec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import synod.sim.Recorded;

/** Has TLC check traces of one group against {@code Trace.tla}. */
final class Traces {
  private static final Pattern EVENT = Pattern.compile("<<\\s*\"event\", (\\d+), (\\d+)\\s*>>");
  private static final long MOST_SECONDS = 300;

  private final List<Recorded> traces;
  private final Tlc.Report report;
  private final long[] accepted;

  private Traces(List<Recorded> traces, Tlc.Report report) {
    this.traces = traces;
    this.report = report;
    this.accepted = new long[traces.size()];
    EVENT
        .matcher(report.output())
        .results()
        .forEach(
            event -> {
              int trace = Integer.parseInt(event.group(1)) - 1;
              accepted[trace] = Math.max(accepted[trace], Long.parseLong(event.group(2)));
            });
  }

  static Traces check(Path directory, List<Recorded> traces)
      throws IOException, InterruptedException {
    Files.writeString(directory.resolve("TraceData.tla"), data(traces), UTF_8);
    Model model = Model.of("Trace").named(traces.get(0).group());
    return new Traces(traces, new Tlc(directory).run(model, MOST_SECONDS));
  }

  private static String data(List<Recorded> traces) {
    Recorded one = traces.get(0);
    String all = traces.stream().map(Traces::data).collect(Collectors.joining(",\n"));
    return String.format(
        "---- MODULE TraceData ----%nEXTENDS Integers%nReplicas == %d%nPhase1 == %d%nPhase2 == %d%n"
            + "Traces == <<%n%s%n>>%n====%n",
        one.replicas(), one.phase1(), one.phase2(), all);
  }

  private static String data(Recorded trace) {
    String events =
        trace.steps().stream().map(Object::toString).collect(Collectors.joining(",\n  "));
    String promised = trace.promised() ? "TRUE" : "FALSE";
    return "[promised |-> " + promised + ", events |-> <<\n  " + events + ">>]";
  }

  Tlc.Report report() {
    return report;
  }

  /** How many events of that trace are steps of the specification. */
  long accepted(int trace) {
    return accepted[trace];
  }

  /** What was refused; nothing if all was accepted. */
  List<String> refused() {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < traces.size(); i++) {
      Recorded trace = traces.get(i);
      if (accepted[i] < trace.steps().size()) {
        int at = (int) accepted[i];
        String event = trace.steps().get(at).toString();
        all.append("seed ").append(trace.seed()).append(" event ").append(at + 1).append(": ");
        all.append(event).append('\n');
      }
    }
    return all.toString().lines().toList();
  }
}
