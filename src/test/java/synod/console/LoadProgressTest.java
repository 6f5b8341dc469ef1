package synod.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import synod.load.Kind;
import synod.load.Plan;
import synod.load.Progress;
import synod.load.Span;

final class LoadProgressTest {
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  private LoadProgress progress(int width, int seconds) {
    PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
    return new LoadProgress(new Screen(out, width, Ink.NONE), new Plan(Kind.PUT, 16, seconds, 100));
  }

  private String said() {
    return output.toString(StandardCharsets.UTF_8);
  }

  private static Progress at(int second, long done) {
    long now = TimeUnit.SECONDS.toNanos(second);
    Span.Latency latency = new Span.Latency(1, 2.34, 3, 4);
    Span last =
        new Span(now - TimeUnit.SECONDS.toNanos(1), now, new Span.Counts(done, 0, 0), latency);
    return new Progress(last, new Span(0, now, new Span.Counts(9, 3, 4), latency));
  }

  @Test
  void elsewhereItIsALineASecond() {
    LoadProgress progress = progress(0, 10);

    progress.accept(at(1, 1234));
    progress.accept(at(2, 0));
    progress.end();

    assertEquals(
        List.of(
            "1 of 10 s    1234 ops/s  p99 2.3 ms  errors 7",
            "2 of 10 s       0 ops/s  p99 none  errors 7"),
        said().lines().toList());
  }

  @Test
  void ofALongLoadItIsALineATenth() {
    LoadProgress progress = progress(0, 60);

    for (int second = 1; second < 60; second++) {
      progress.accept(at(second, 1));
    }

    List<String> lines = said().lines().toList();
    assertTrue(lines.size() >= 9 && lines.size() <= 11, this::said);
  }

  @Test
  void onATerminalOneLineIsWrittenOverAndTakenAway() {
    LoadProgress progress = progress(40, 10);

    progress.accept(at(5, 1234));
    progress.accept(at(6, 1234));
    progress.end();

    assertEquals(-1, said().indexOf('\n'));
    assertTrue(said().contains("[##########..........] 5 of 10 s"), this::said);
    assertTrue(said().contains("[############........] 6 of 10 s"), this::said);
    for (String line : said().split("\r", -1)) {
      assertTrue(line.length() < 40, line);
    }
    assertTrue(said().endsWith("\r" + " ".repeat(39) + "\r"), this::said);
  }
}
