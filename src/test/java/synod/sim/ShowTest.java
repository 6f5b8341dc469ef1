package synod.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShowTest {
  private final Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  ShowTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private Show show(String file) {
    var options = SimulateOptions.parse(List.of("--seed", "7", "--svg", file));
    return new Show(
        new Script(new Plan(7), List.of(), 200), options, new PrintStream(out, true, UTF_8));
  }

  @Test
  void aRunIsDrawnIntoTheFile() throws IOException {
    Path file = directory.resolve("a.svg");
    Show show = show(file.toString());

    new Run(new Script(new Plan(7), List.of(), 200), PlainHost::new, show.watching()).go();
    show.end();

    assertTrue(Files.readString(file).startsWith("<svg "));
    assertTrue(out.toString(UTF_8).contains(file.toString()));
  }

  @Test
  void aFileThatCannotBeWrittenIsRefusedBeforeTheRun() {
    String nowhere = directory.resolve("none").resolve("a.svg").toString();

    var refused = assertThrows(IllegalArgumentException.class, () -> show(nowhere));
    assertTrue(String.valueOf(refused.getMessage()).contains("there is no directory"));
    assertThrows(IllegalArgumentException.class, () -> show(directory.toString()));
  }

  @Test
  void aDiagramOfManySeedsIsRefused() {
    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> SimulateOptions.parse(List.of("--seeds", "9", "--svg", "a.svg")));

    assertTrue(String.valueOf(refused.getMessage()).contains("show one run"));
  }

  @Test
  void recordingDoesNotChangeTheRun() {
    Script script = Swarm.draw(4);
    Recording recording = new Recording(script);

    Run.Result watched = new Run(script, PlainHost::new, List.of(recording)).go();

    assertEquals(Run.of(script), watched);
    assertTrue(recording.entries().size() > 1_000);
  }
}
