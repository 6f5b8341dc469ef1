package synod.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.sim.Recorded;
import synod.sim.Recorder;

/** What the simulator's replicas do are steps of {@code Synod.tla}; what they do not do is none. */
class TraceSpecIT {
  private static final long TRACES = Long.getLong("spec.traces", 120);
  private static final int EVENTS = Integer.getInteger("spec.events", 400);
  private static final int AT_ONCE = 12;

  private final Path directory;

  TraceSpecIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void eachEventOfEachTraceIsAStep() throws IOException, InterruptedException {
    Map<String, List<Recorded>> groups = new TreeMap<>();
    long seed = 0;
    for (long traces = 0; traces < TRACES; ) {
      Recorded recorded = Recorder.record(++seed, EVENTS);
      if (recorded.faults() > 0) {
        groups.computeIfAbsent(recorded.group(), none -> new ArrayList<>()).add(recorded);
        traces++;
      }
    }

    List<String> refused = new ArrayList<>();
    for (List<Recorded> group : groups.values()) {
      for (int from = 0; from < group.size(); from += AT_ONCE) {
        refused.addAll(check(group.subList(from, Math.min(from + AT_ONCE, group.size()))));
      }
    }

    assertEquals(List.of(), refused);
  }

  private List<String> check(List<Recorded> traces) throws IOException, InterruptedException {
    Traces checked = Traces.check(Files.createTempDirectory(directory, "tlc"), traces);
    long events = traces.stream().mapToLong(trace -> trace.steps().size()).sum();
    System.out.printf(
        "| Trace | %s | %d traces, %d events, %d faults | %d states | %.0f s | %s |%n",
        traces.get(0).group(),
        traces.size(),
        events,
        traces.stream().mapToLong(Recorded::faults).sum(),
        checked.report().distinct(),
        checked.report().seconds(),
        checked.refused().isEmpty() ? "accepted" : "refused");
    assertTrue(checked.report().isSound(), checked.report()::tail);
    return checked.refused();
  }
}
