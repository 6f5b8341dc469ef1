package synod.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;
import synod.top.Line;
import synod.top.Look;
import synod.top.Marks;
import synod.top.View;

/** The live view on the whole terminal, which is given back as it was, whatever happens. */
final class TopScreen implements AutoCloseable {
  private static final int GLANCE_MS = 250;
  private static final int ESCAPE_MS = 50;
  private static final int ESCAPE = 27;

  private final Terminal terminal;
  private final boolean colour;
  private final Display display;
  private final Attributes before;
  private final Terminal.SignalHandler resizing;
  private final AtomicBoolean resized = new AtomicBoolean(true);
  private final AtomicBoolean restored = new AtomicBoolean();
  private final Thread lastResort = new Thread(this::restore, "top-restore");

  TopScreen(Terminal terminal, boolean colour) {
    this.terminal = terminal;
    this.colour = colour;
    this.display = new Display(terminal, true);
    this.before = terminal.enterRawMode();
    Attributes raw = terminal.getAttributes();
    raw.setLocalFlag(Attributes.LocalFlag.ISIG, false);
    terminal.setAttributes(raw);
    this.resizing = terminal.handle(Terminal.Signal.WINCH, signal -> resized.set(true));
    Runtime.getRuntime().addShutdownHook(lastResort);
    terminal.puts(Capability.enter_ca_mode);
    terminal.puts(Capability.cursor_invisible);
    terminal.flush();
  }

  /** Whether the terminal can show it. */
  static boolean canShow(Terminal terminal) {
    return !terminal.getType().startsWith("dumb")
        && terminal.getStringCapability(Capability.cursor_address) != null;
  }

  static Marks marks(Terminal terminal) {
    return terminal.encoding().equals(StandardCharsets.UTF_8) ? Marks.UNICODE : Marks.ASCII;
  }

  /** Draws, until a key ends it. */
  void run(View view, TopKeys keys) throws IOException {
    boolean goesOn = true;
    while (goesOn) {
      draw(view);
      int key = key();
      if (key == NonBlockingReader.EOF) {
        return;
      }
      goesOn = key == NonBlockingReader.READ_EXPIRED || keys.press(key);
    }
  }

  private void draw(View view) {
    Size size = terminal.getSize();
    if (resized.getAndSet(false)) {
      display.resize(size);
      display.clear();
      terminal.puts(Capability.clear_screen);
    }
    View.Moment now =
        new View.Moment(size.getColumns(), size.getRows(), TopWatch.time(), System.nanoTime());
    List<AttributedString> lines =
        view.lines(now).stream().map(line -> styled(line, size.getColumns())).toList();
    display.update(lines, 0);
  }

  private AttributedString styled(Line line, int columns) {
    AttributedStringBuilder text = new AttributedStringBuilder();
    line.spans(columns).forEach(span -> text.append(span.text(), style(span.look())));
    return text.toAttributedString();
  }

  private AttributedStyle style(Look look) {
    AttributedStyle plain = AttributedStyle.DEFAULT;
    return switch (look) {
      case PLAIN -> plain;
      case FAINT -> plain.faint();
      case STRONG -> plain.bold();
      case GOOD -> colour ? plain.foreground(AttributedStyle.GREEN) : plain;
      case BAD -> colour ? plain.foreground(AttributedStyle.RED) : plain.bold();
      case LOUD -> plain.inverse();
    };
  }

  /** An arrow comes as three characters. */
  private int key() throws IOException {
    int key = terminal.reader().read(GLANCE_MS);
    if (key != ESCAPE) {
      return key;
    }
    int next = terminal.reader().read(ESCAPE_MS);
    if (next != '[' && next != 'O') {
      return ESCAPE;
    }
    return switch (terminal.reader().read(ESCAPE_MS)) {
      case 'A', 'D' -> TopKeys.UP;
      case 'B', 'C' -> TopKeys.DOWN;
      default -> ESCAPE;
    };
  }

  private void restore() {
    if (restored.compareAndSet(false, true)) {
      terminal.puts(Capability.exit_ca_mode);
      terminal.puts(Capability.cursor_normal);
      terminal.flush();
      terminal.setAttributes(before);
      terminal.handle(Terminal.Signal.WINCH, resizing);
    }
  }

  @Override
  public void close() {
    restore();
    Runtime.getRuntime().removeShutdownHook(lastResort);
  }
}
