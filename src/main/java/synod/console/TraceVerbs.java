package synod.console;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import synod.trace.Diagram;
import synod.trace.Entry;
import synod.trace.Ladder;
import synod.trace.Narrow;
import synod.trace.ShiViz;

/**
 * {@code trace}: what replicas say to each other for a while, on the screen or in a file. State:
 * the recording that was started and not stopped yet.
 */
final class TraceVerbs {
  private final Doors doors;
  private final Screen screen;
  private final Commands.Pause pause;
  private Optional<Recording> started = Optional.empty();

  TraceVerbs(Doors doors, Screen screen, Commands.Pause pause) {
    this.doors = doors;
    this.screen = screen;
    this.pause = pause;
  }

  List<Verb> all() {
    return List.of(
        new Verb(
            "trace",
            List.of("TIME|start|stop", "[FILE]", "[slot|election]", "[SLOT]"),
            "who says what to whom; FILE is .svg, .txt or .log",
            this::trace));
  }

  private void trace(List<String> words) throws CommandFailed {
    TraceWords asked = TraceWords.of(words);
    switch (asked.how()) {
      case START -> start();
      case STOP -> stop(asked);
      case FOR_A_WHILE -> traceFor(asked);
    }
  }

  private void start() throws CommandFailed {
    if (started.isPresent()) {
      throw new CommandFailed("a trace is being taken already; 'trace stop FILE.svg' ends it");
    }
    started = Optional.of(begun());
    screen.say(
        "ok: traces until 'trace stop FILE.svg', at most "
            + Recording.MOST
            + " messages and events");
  }

  private void stop(TraceWords asked) throws CommandFailed {
    Recording recording =
        started.orElseThrow(
            () -> new CommandFailed("no trace was started; 'trace start' does, or 'trace 5s'"));
    asked.checkFile();
    started = Optional.empty();
    show(asked, recording);
  }

  private void traceFor(TraceWords asked) throws CommandFailed {
    asked.checkFile();
    Recording recording = begun();
    CountDownLatch over = new CountDownLatch(1);
    Daemon.start("trace-end", () -> recording.awaitFull(asked.time(), over));
    try {
      pause.await(over);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    show(asked, recording);
  }

  private Recording begun() throws CommandFailed {
    Recording recording = new Recording(doors.all());
    if (!recording.awaitBegin()) {
      recording.close();
      throw new CommandFailed("no replica answers; './run-cluster.sh start' starts them");
    }
    recording.down().forEach(id -> screen.say("replica " + id + " is down: passed over"));
    return recording;
  }

  private void show(TraceWords asked, Recording recording) throws CommandFailed {
    List<Entry> entries = recording.end();
    recording.notes().forEach(screen::say);
    List<Entry> narrowed = Narrow.to(entries, asked.slot(), asked.election());
    if (asked.file().isEmpty()) {
      Ladder.lines(narrowed).forEach(screen::say);
      return;
    }
    String text =
        switch (asked.kind()) {
          case SVG ->
              Diagram.svg(
                  entries, new Diagram.Options(asked.title(), asked.slot(), asked.election()));
          case LADDER -> String.join("\n", Ladder.lines(narrowed)) + "\n";
          case SHIVIZ -> ShiViz.log(narrowed);
        };
    screen.say("ok: " + entries.size() + " messages and events, in " + asked.write(text));
  }
}
