package synod.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonTest {
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final Screen screen =
      new Screen(new PrintStream(output, true, StandardCharsets.UTF_8), 80, Ink.COLOUR);

  private Commands commands(Address door) {
    return new Commands(
        new Doors(List.of(door)),
        screen,
        new Launcher(Path.of("run-cluster.sh"), screen),
        Path.of("target"));
  }

  /** What was said, which another parser than ours finds to be one document on one line. */
  private JsonNode said() throws IOException {
    String text = output.toString(StandardCharsets.UTF_8);
    output.reset();
    assertEquals(1, text.lines().count(), text);
    return new ObjectMapper().readTree(text);
  }

  private static String answer(List<String> words) {
    return switch (words.get(0)) {
      case "GET" -> words.get(1).equals("none") ? "$-1\r\n" : "$11\r\nq\"\\\n\u0001--json\r\n";
      case "DBSIZE" -> ":42\r\n";
      case "SET" -> "+OK\r\n";
      default ->
          words.get(1).equals("LOG") ? "*1\r\n$10\r\n7 8 1 7.10\r\n" : "*2\r\n+id\r\n$1\r\n1\r\n";
    };
  }

  @Test
  void whateverACommandSaysIsOneDocument() throws IOException {
    try (TinyDoor door = new TinyDoor(JsonTest::answer)) {
      Commands commands = commands(door.address(1));

      assertTrue(commands.run("get a --json"));
      assertTrue(said().get("value").isTextual());
      assertTrue(commands.run("get none --json"));
      assertTrue(said().get("value").isNull());
      assertTrue(commands.run("count --json  "));
      assertEquals(42, said().get("keys").asLong());
      assertTrue(commands.run("status --json"));
      JsonNode row = said().get("rows").get(0);
      assertEquals(1, row.get("id").asInt());
      assertTrue(row.get("ballot").isNull() && row.get("state").isTextual(), row::toString);
      assertTrue(commands.run("log --json"));
      JsonNode slot = said().get("rows").get(0);
      assertTrue(slot.get("slot").isIntegralNumber() && slot.get("text").isTextual());
      assertEquals("7.10", slot.get("text").asText());
    }
  }

  @Test
  void whatIsInQuotesIsAValue() throws IOException {
    try (TinyDoor door = new TinyDoor(JsonTest::answer)) {
      assertTrue(commands(door.address(1)).run("put a '--json'"));

      assertEquals(List.of("SET", "a", "--json"), door.requests().get(0));
      assertEquals("ok", output.toString(StandardCharsets.UTF_8).strip());
    }
  }

  @Test
  void aFailureIsADocumentToo() throws IOException {
    Commands commands = commands(TinyDoor.closed(9));

    for (String line : List.of("get a --json", "bogus --json", "status --json", "put 'a --json")) {
      assertFalse(commands.run(line), line);
      assertTrue(said().get("error").isTextual(), line);
    }
    assertFalse(commands.run("events --json"));
    assertTrue(said().get("error").asText().contains("tells as it goes on"));
  }

  @Test
  void numbersAreNumbersAndWhatOnlyLooksSoIsText() throws IOException {
    Table table = new Table("slot", "ballot", "digest", "p50 ms", "lag");
    table.add(List.of("12", "7.10", "1234567890123456", "0.50", "-"));
    table.add(List.of("", "7.1", "6543210987654321", "12", "3"));

    screen.begin();
    screen.say(table);
    screen.say(table);
    screen.end();

    String text = output.toString(StandardCharsets.UTF_8);
    String first =
        "[{\"slot\": 12, \"ballot\": \"7.10\", \"digest\": \"1234567890123456\","
            + " \"p50 ms\": 0.50, \"lag\": null},";
    assertTrue(text.startsWith("{\"rows\": " + first), text);
    assertEquals(2, said().get("rows2").size());
  }

  @Test
  void everyCharacterComesBackAsItWas() throws IOException {
    StringBuilder all = new StringBuilder("\uD83D\uDE00");
    for (char c = 0; c < 0x300; c++) {
      all.append(c);
    }

    String read = new ObjectMapper().readTree(Json.of(List.of(all.toString()))).get(0).asText();

    assertEquals(all.toString(), read);
  }
}
