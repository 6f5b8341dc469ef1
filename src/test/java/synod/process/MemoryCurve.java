package synod.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What processes had of memory over time. State: the samples of each, in MiB. */
final class MemoryCurve {
  private static final int KIB = 1024;
  private static final String LEVELS = "▁▂▃▄▅▆▇█";
  private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern HEAP = Pattern.compile("generation.* used (\\d+)K");

  private final Map<Integer, List<Sample>> samples = new TreeMap<>();

  /** {@code rss}: all of the process; {@code heap}: what its objects take, garbage too. */
  private record Sample(int second, long rss, long heap) {}

  /** Has the JVM collect its garbage first: what is left of the heap is in use. */
  void addAfterCollection(int second, int id, long pid) {
    run("jcmd", Long.toString(pid), "GC.run");
    add(second, id, pid);
  }

  /** Asks the system and the JVM, not the door, which is busy. */
  void add(int second, int id, long pid) {
    long heap = sum(HEAP, run("jcmd", Long.toString(pid), "GC.heap_info"));
    samples
        .computeIfAbsent(id, any -> new ArrayList<>())
        .add(new Sample(second, sum(RSS, status(pid)) / KIB, heap / KIB));
  }

  private static long sum(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    long sum = 0;
    while (matcher.find()) {
      sum += Long.parseLong(matcher.group(1));
    }
    return sum;
  }

  private static String status(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "status"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String run(String tool, String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.add(0, Path.of(System.getProperty("java.home"), "bin", tool).toString());
    try {
      Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
      return new String(process.getInputStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String csv() {
    StringBuilder csv = new StringBuilder("replica,second,rss_mib,heap_mib\n");
    samples.forEach(
        (id, all) ->
            all.forEach(
                s -> csv.append(String.format("%d,%d,%d,%d%n", id, s.second, s.rss, s.heap))));
    return csv.toString();
  }

  /** A line for each, from nothing to the most that any had. */
  String plot() {
    long most =
        samples.values().stream().flatMap(List::stream).mapToLong(Sample::rss).max().orElse(1);
    StringBuilder plot = new StringBuilder("memory, full height " + most + " MiB\n");
    samples.forEach(
        (id, all) -> {
          line(plot, "replica " + id + " rss ", all.stream().map(Sample::rss).toList(), most);
          line(plot, "replica " + id + " heap", all.stream().map(Sample::heap).toList(), most);
        });
    return plot.toString();
  }

  private static void line(StringBuilder plot, String name, List<Long> values, long most) {
    plot.append(name).append(' ');
    for (long value : values) {
      plot.append(LEVELS.charAt((int) (value * (LEVELS.length() - 1) / most)));
    }
    plot.append(' ').append(values.get(values.size() - 1)).append(" MiB\n");
  }

  /** Who had, in the last fifth of the time, a tenth more than at any time in the second fifth. */
  List<String> growing() {
    return growing(Sample::rss, Collections::max, 10);
  }

  /**
   * Whose heap, sampled after collections, holds half as much again as in the second fifth of the
   * time: in the middle of the samples, since much of it is what is under way at that moment.
   */
  List<String> growingHeaps() {
    return growing(Sample::heap, all -> all.stream().sorted().toList().get(all.size() / 2), 50);
  }

  private List<String> growing(
      Function<Sample, Long> what, ToLongFunction<List<Long>> of, int percent) {
    List<String> growing = new ArrayList<>();
    samples.forEach(
        (id, all) -> {
          List<Long> values = all.stream().map(what).toList();
          int fifth = values.size() / 5;
          if (fifth > 5) {
            long early = of.applyAsLong(values.subList(fifth, 2 * fifth));
            long late = of.applyAsLong(values.subList(values.size() - fifth, values.size()));
            if (late > early + early * percent / 100) {
              growing.add("replica " + id + ": from " + early + " to " + late + " MiB");
            }
          }
        });
    return growing;
  }
}
