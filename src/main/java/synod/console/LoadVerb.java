package synod.console;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import synod.load.Keys;
import synod.load.Picture;
import synod.load.Plan;
import synod.load.Result;
import synod.load.Run;

/**
 * The command that loads the store and shows how it bears that. Keys that it made are removed
 * afterwards; who ends the console meanwhile leaves them to the next load, which uses the same.
 */
final class LoadVerb {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneId.systemDefault());

  private final Doors doors;
  private final Screen screen;
  private final Path run;
  private final Commands.Pause pause;

  LoadVerb(Doors doors, Screen screen, Path run, Commands.Pause pause) {
    this.doors = doors;
    this.screen = screen;
    this.run = run;
    this.pause = pause;
  }

  Verb verb() {
    return new Verb(
        "load", LoadWords.USAGE, "many clients at once, and a picture; Enter ends", this::load);
  }

  private void load(List<String> words) throws CommandFailed {
    Plan plan = LoadWords.plan(words);
    LoadKeys keys = new LoadKeys(doors, plan);
    doors.firstUp();
    if (plan.kind().reads()) {
      screen.say("puts the " + plan.keys() + " keys " + Keys.PREFIX + "* that are read");
      keys.put();
    }
    LoadReport report = measured(plan);
    report.show(screen);
    screen.say("picture: " + write(report));
    if (report.result().whole().isSilent()) {
      throw new CommandFailed("nothing was done at all; 'status' shows the replicas");
    }
    remove(keys);
  }

  private static void remove(LoadKeys keys) throws CommandFailed {
    try {
      keys.remove();
    } catch (CommandFailed e) {
      throw new CommandFailed(
          "the keys " + Keys.PREFIX + "* stay, the next load removes them: " + e.getMessage());
    }
  }

  private LoadReport measured(Plan plan) throws CommandFailed {
    screen.say(plan + " on " + plan.keys() + " keys");
    LoadProgress progress = new LoadProgress(screen, plan);
    try (LoadEvents events = new LoadEvents(doors.all(), leader())) {
      events.awaitFirst();
      Run load = Run.start(plan, targets(), progress);
      pause.await(load.over());
      Result result = load.end();
      progress.end();
      return new LoadReport(result, events.marks());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailed("interrupted; the keys " + Keys.PREFIX + "* stay");
    }
  }

  /** All doors, or the one that was chosen. */
  private List<InetSocketAddress> targets() {
    return doors.chosen().map(List::of).orElse(doors.all()).stream()
        .map(address -> new InetSocketAddress(address.host(), address.port()))
        .toList();
  }

  private int leader() {
    try {
      return doors.ask("SYNOD", "LEADER") instanceof Reply.Whole id ? (int) id.number() : 0;
    } catch (CommandFailed unknown) {
      return 0;
    }
  }

  private Path write(LoadReport report) throws CommandFailed {
    String name =
        "load-"
            + report.result().plan().kind()
            + "-"
            + TIME.format(report.result().began())
            + ".svg";
    Path file = run.resolve(name).toAbsolutePath();
    try {
      Files.createDirectories(run);
      return Files.writeString(file, Picture.of(report.result(), report.marks()));
    } catch (IOException e) {
      throw new CommandFailed(file + " cannot be written: " + e.getMessage());
    }
  }
}
