package synod.console;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The line editor: history, completion, and a prompt that says whom one talks to. */
final class Prompt {
  private static final int GLANCE_MS = 100;
  private static final List<String> NAMES_A_REPLICA =
      List.of("crash", "kill", "start", "events", "use", "cut", "heal", "pause", "resume");

  private Prompt() {}

  /** Reads and does lines until {@code exit} or the end of input. */
  static int run(Commands commands, Path directory) throws IOException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
      commands.showOn(terminal);
      commands.pauseBy(over -> awaitKey(terminal, over));
      LineReader reader = reader(terminal, commands);
      reader.setVariable(LineReader.HISTORY_FILE, directory.resolve("history"));
      terminal.writer().println("Synod. 'help' lists the commands, 'demo' shows what it does.");
      loop(reader, commands);
      return 0;
    }
  }

  /** Does once what a session does, on a terminal of memory, for the class-data archive. */
  static int train(Commands commands) throws IOException {
    ByteArrayInputStream keys =
        new ByteArrayInputStream("st\t\nexit\n".getBytes(StandardCharsets.UTF_8));
    try (Terminal terminal =
        TerminalBuilder.builder()
            .system(false)
            .type("xterm")
            .streams(keys, new ByteArrayOutputStream())
            .build()) {
      loop(reader(terminal, commands), commands);
      return 0;
    }
  }

  private static LineReader reader(Terminal terminal, Commands commands) {
    DefaultParser parser = new DefaultParser();
    parser.setEscapeChars(null);
    parser.setEofOnUnclosedQuote(false);
    return LineReaderBuilder.builder()
        .terminal(terminal)
        .parser(parser)
        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
        .completer(
            (reader, line, candidates) ->
                completions(commands, line.words(), line.wordIndex())
                    .forEach(word -> candidates.add(new Candidate(word))))
        .build();
  }

  private static void loop(LineReader reader, Commands commands) {
    while (!commands.ended()) {
      try {
        commands.run(
            reader.readLine(
                commands.doors().chosen().map(a -> "synod[" + a.id() + "]> ").orElse("synod> ")));
      } catch (UserInterruptException again) {
        // Ctrl-C drops the line.
      } catch (EndOfFileException end) {
        return;
      }
    }
  }

  /** What may stand at that place of the line. */
  static List<String> completions(Commands commands, List<String> words, int at) {
    String verb = words.get(0);
    List<String> ids = commands.doors().all().stream().map(a -> String.valueOf(a.id())).toList();
    if (at == 0) {
      return commands.names();
    }
    if (at == 1 && NAMES_A_REPLICA.contains(verb)) {
      List<String> choices = new ArrayList<>(ids);
      if (verb.equals("use") || verb.equals("events")) {
        choices.add(verb.equals("use") ? "any" : "all");
      }
      return choices;
    }
    if (at == 1 && verb.equals("load")) {
      return LoadWords.KINDS;
    }
    return at == 2 && verb.equals("crash") ? Commands.ROLES : List.of();
  }

  /** Until the end, or Enter, or Ctrl-C, which otherwise would end the console. */
  private static void awaitKey(Terminal terminal, CountDownLatch over) {
    AtomicBoolean stopped = new AtomicBoolean();
    Terminal.SignalHandler before =
        terminal.handle(Terminal.Signal.INT, signal -> stopped.set(true));
    try {
      int key = -2;
      while (!stopped.get() && key == -2 && over.getCount() > 0) {
        key = terminal.reader().read(GLANCE_MS);
      }
    } catch (IOException e) {
      // A terminal that is gone has pressed its last key.
    } finally {
      terminal.handle(Terminal.Signal.INT, before);
    }
  }
}
