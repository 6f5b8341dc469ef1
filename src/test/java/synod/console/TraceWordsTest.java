package synod.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceWordsTest {
  private static TraceWords of(String line) throws CommandFailed {
    return TraceWords.of(List.of(line.split(" ", -1)));
  }

  @Test
  void readsTimeFileAndWhatIsShown() throws CommandFailed {
    TraceWords whole = of("500ms t.svg slot 120");

    assertEquals(Duration.ofMillis(500), whole.time());
    assertEquals(Optional.of(Path.of("t.svg").toAbsolutePath()), whole.file());
    assertEquals(OptionalLong.of(120), whole.slot());
    assertFalse(whole.election());
    assertEquals(Optional.empty(), of("2s").file());
    assertTrue(of("2s election").election());
    assertEquals(TraceWords.How.START, of("start").how());
    assertEquals(TraceWords.How.STOP, of("stop t.log election").how());
  }

  @Test
  void theEndOfTheNameSaysWhatIsDrawn() throws CommandFailed {
    assertEquals(TraceWords.Kind.SVG, of("1s a/b.SVG").kind());
    assertEquals(TraceWords.Kind.LADDER, of("1s b.txt").kind());
    assertEquals(TraceWords.Kind.SHIVIZ, of("1s b.log").kind());
  }

  @ParameterizedTest
  @CsvSource({
    "5, such as 5s",
    "0s, such as 5s",
    "11m, such as 5s",
    "for, such as 5s",
    "2s t.png, FILE.svg",
    "2s t, FILE.svg",
    "2s t.svg slot, slot NUMBER",
    "2s t.svg slots 3, slot NUMBER",
    "2s slot 0, from 1 on",
    "2s slot x, from 1 on",
    "start t.svg, nothing more"
  })
  void whatMakesNoSenseIsRefusedInWordsThatHelp(String line, String part) {
    CommandFailed refusal = assertThrows(CommandFailed.class, () -> of(line));

    assertTrue(String.valueOf(refusal.getMessage()).contains(part), refusal.getMessage());
  }

  @Test
  void aFileThatCannotBeWrittenIsRefusedAndNothingIsLeftWhereItCan(@TempDir Path directory)
      throws Exception {
    Path file = directory.resolve("t.svg");
    Path taken = Files.createDirectory(directory.resolve("directory.svg"));

    of("1s " + file).checkFile();

    assertFalse(Files.exists(file));
    assertThrows(CommandFailed.class, () -> of("1s " + taken).checkFile());
    assertThrows(
        CommandFailed.class, () -> of("1s " + directory.resolve("none/t.svg")).checkFile());
  }
}
