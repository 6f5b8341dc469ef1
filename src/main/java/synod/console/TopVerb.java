package synod.console;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jline.terminal.Terminal;
import synod.top.Line;
import synod.top.Marks;
import synod.top.View;

/** {@code top}: the live view, or one frame of it. State: the terminal, if there is one. */
final class TopVerb {
  private static final long ONCE_NS = TimeUnit.MILLISECONDS.toNanos(2500);
  private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int ONCE_WIDTH = 100;
  private static final int ENOUGH = 3;

  private final Doors doors;
  private final Screen screen;
  private final Launcher launcher;
  private Optional<Terminal> terminal = Optional.empty();

  TopVerb(Doors doors, Screen screen, Launcher launcher) {
    this.doors = doors;
    this.screen = screen;
    this.launcher = launcher;
  }

  Verb verb() {
    return new Verb("top", List.of("[once]"), "the live view; 'once' prints it", this::top);
  }

  /** There is one that can be drawn on. */
  void on(Terminal one) {
    terminal = Optional.of(one);
  }

  private void top(List<String> words) throws CommandFailed {
    if (words.equals(List.of("once")) || words.equals(List.of("--once"))) {
      once();
    } else if (words.isEmpty()) {
      show(
          terminal
              .filter(TopScreen::canShow)
              .orElseThrow(
                  () ->
                      new CommandFailed(
                          "the live view needs a terminal (TERM is dumb, or this is a script);"
                              + " 'top once' prints one frame")));
    } else {
      throw new CommandFailed("usage: top, or top once");
    }
  }

  private void show(Terminal on) throws CommandFailed {
    View view = view(TopScreen.marks(on));
    try (TopWatch watch = new TopWatch(doors.all(), view, true);
        TopActs acts = new TopActs(doors.all(), view, launcher.script());
        TopScreen top = new TopScreen(on, screen.ink() != Ink.NONE)) {
      watch.begin();
      top.run(view, new TopKeys(view, acts));
    } catch (IOException e) {
      throw new CommandFailed("the terminal is gone: " + e.getMessage());
    }
  }

  private View view(Marks marks) {
    return new View(doors.all().stream().map(Address::id).toList(), marks);
  }

  private void once() {
    View view = view(Marks.UNICODE);
    long end = System.nanoTime() + ONCE_NS;
    try (TopWatch watch = new TopWatch(doors.all(), view, false)) {
      watch.begin();
      while (!view.hasRates(ENOUGH) && System.nanoTime() < end) {
        LockSupport.parkNanos(PAUSE_NS);
      }
    }
    int width = Math.max(View.WIDTH, screen.width() == 0 ? ONCE_WIDTH : screen.width());
    View.Moment now = new View.Moment(width, View.HEIGHT, TopWatch.time(), System.nanoTime());
    view.state(now).stream().map(Line::toString).forEach(screen::say);
  }
}
