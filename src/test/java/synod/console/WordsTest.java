package synod.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WordsTest {

  @Test
  void blanksPartWordsAndQuotesKeepThemTogether() throws CommandFailed {
    assertEquals(List.of("put", "a", "1"), Words.of("  put\ta   1 "));
    assertEquals(List.of("put", "a b", ""), Words.of("put 'a b' \"\""));
    assertEquals(List.of("a bc d"), Words.of("a' 'b\"c d\""));
  }

  @Test
  void escapesAreBytesButNotInSingleQuotes() throws CommandFailed {
    assertEquals(List.of("a\n\r\t\u0000\u00ff\\\""), Words.of("\"a\\n\\r\\t\\0\\xff\\\\\\\"\""));
    assertEquals(List.of("a b"), Words.of("a\\ b"));
    assertEquals(List.of("a\\n"), Words.of("'a\\n'"));
  }

  @Test
  void textIsUtf8() throws CommandFailed {
    assertEquals(List.of(Raw.of("Grüße")), Words.of("Grüße"));
    assertEquals("Grüße", Raw.shown(Raw.of("Grüße")));
  }

  @Test
  void blankLinesAndCommentsSayNothing() throws CommandFailed {
    assertEquals(List.of(), Words.of("   "));
    assertEquals(List.of(), Words.of("  # put a 1"));
    assertEquals(List.of("a#b"), Words.of("a#b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "put 'a   | the quote ' at column 5 is not closed",
        "put \"a\\\" | the quote \" at column 5 is not closed",
        "put a\\  | the line ends within an escape",
        "a \\xg0  | after \\x come two hexadecimal digits",
        "a \\x0   | after \\x come two hexadecimal digits",
      })
  void saysWhatIsWrongWithALine(String line, String message) {
    CommandFailed failed = assertThrows(CommandFailed.class, () -> Words.of(line));

    assertTrue(failed.getMessage().contains(message), failed::getMessage);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "two words",
        "",
        " ",
        "\"quoted\"",
        "'",
        "(none)",
        "a\\b",
        "a\nb",
        "\u0000\u00ff",
        "\u007f",
        "#x"
      })
  void whatIsShownAsAWordReadsBack(String raw) throws CommandFailed {
    assertEquals(List.of(raw), Words.of(Raw.word(raw)));
  }

  @Test
  void whatCouldBeMisreadIsShownInQuotes() {
    assertEquals("a b", Raw.shown("a b"));
    assertEquals("\"(none)\"", Raw.shown("(none)"));
    assertEquals("\"a\\nb\"", Raw.shown("a\nb"));
    assertEquals("\"\\xff\"", Raw.shown("\u00ff"));
    assertEquals("\"\"", Raw.shown(""));
    assertEquals("\" a\"", Raw.shown(" a"));
  }
}
