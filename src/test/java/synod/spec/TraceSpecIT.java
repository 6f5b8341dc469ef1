package synod.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.sim.Recorded;
import synod.sim.Recorder;
import synod.sim.Step;

/** What the simulator's replicas do are steps of {@code Synod.tla}; what they do not do is none. */
class TraceSpecIT {
  private static final long TRACES = Long.getLong("spec.traces", 120);
  private static final int EVENTS = Integer.getInteger("spec.events", 400);
  private static final int AT_ONCE = 12;

  /** Each of them has to happen. */
  private static final Set<String> KINDS =
      Set.of(
          ("ballot onPrepare onAccept refuse truncate recover standDown apply install sync crash"
                  + " crashRole prepare promise rejected accept accepted counted chosen toldChosen"
                  + " learned")
              .split(" "));

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

    Map<String, Long> kinds =
        groups.values().stream()
            .flatMap(List::stream)
            .flatMap(recorded -> recorded.steps().stream())
            .collect(Collectors.groupingBy(Step::kind, TreeMap::new, Collectors.counting()));
    System.out.printf("seeds 1 to %d: %s%n", seed, kinds);
    assertEquals(KINDS, kinds.keySet());

    List<String> refused = new ArrayList<>();
    for (List<Recorded> group : groups.values()) {
      for (int from = 0; from < group.size(); from += AT_ONCE) {
        refused.addAll(check(group.subList(from, Math.min(from + AT_ONCE, group.size()))));
      }
    }

    assertEquals(List.of(), refused);
  }

  @Test
  void aCorruptedTraceIsRefusedAtTheCorruptedEvent() throws IOException, InterruptedException {
    Map<Corruption, Corruption.Corrupted> corrupted = new EnumMap<>(Corruption.class);
    for (long seed = 1; corrupted.size() < Corruption.values().length && seed < 500; seed++) {
      Recorded trace = Recorder.record(seed, EVENTS);
      for (Corruption corruption : Corruption.values()) {
        if (trace.group().equals("5/3/3") && !corrupted.containsKey(corruption)) {
          corruption.of(trace).ifPresent(spoilt -> corrupted.put(corruption, spoilt));
        }
      }
    }
    assertEquals(Set.of(Corruption.values()), corrupted.keySet());

    Traces checked =
        Traces.check(
            directory, corrupted.values().stream().map(Corruption.Corrupted::trace).toList());

    assertTrue(checked.report().isSound(), checked.report()::tail);
    int trace = 0;
    for (Map.Entry<Corruption, Corruption.Corrupted> spoilt : corrupted.entrySet()) {
      int at = spoilt.getValue().at();
      System.out.printf(
          "| Trace | %s | refused at event %d | %s |%n",
          spoilt.getKey(), checked.accepted(trace) + 1, spoilt.getValue().trace().steps().get(at));
      assertEquals(at, checked.accepted(trace), spoilt.getKey()::toString);
      trace++;
    }
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
