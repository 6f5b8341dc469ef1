package synod.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptFileTest {
  private static final String TEXT =
      """
      # Two blocks.

      add 1 2
      add 3
      ----
      3
      6

      # The last word.
      say nothing
      ----
      """;

  private final Path directory;

  ScriptFileTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void readsCommandsAndTranscriptsAndKnowsTheirLines() throws IOException {
    ScriptFile script = ScriptFile.load(file(TEXT));

    assertEquals(
        List.of(
            new ScriptFile.Block(3, List.of("add 1 2", "add 3"), "3\n6"),
            new ScriptFile.Block(10, List.of("say nothing"), "")),
        script.blocks());
  }

  @Test
  void namesFileAndLineOfATranscriptThatDiffers() throws IOException {
    ScriptFile script = ScriptFile.load(file(TEXT));

    script.check(List.of("3\n6\n", ""), false);
    var error =
        assertThrows(AssertionError.class, () -> script.check(List.of("3\n6", "word"), false));

    assertTrue(String.valueOf(error.getMessage()).contains("a.txt:10"), error.getMessage());
  }

  @Test
  void refusesACommandWithoutATranscript() throws IOException {
    Path path = file("add 1 2\n");

    assertThrows(AssertionError.class, () -> ScriptFile.load(path));
  }

  @Test
  void rewritesTranscriptsAndKeepsCommandsAndComments() throws IOException {
    Path path = file(TEXT);

    ScriptFile.load(path).check(List.of("4\n\n5", ""), true);

    assertEquals(TEXT.replace("3\n6\n", "4\n5\n"), Files.readString(path));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("a.txt"), text);
  }
}
