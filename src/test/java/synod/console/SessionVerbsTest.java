package synod.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionVerbsTest {
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  private Commands commands(Address... addresses) {
    Screen screen = new Screen(new PrintStream(output, true, StandardCharsets.UTF_8), 0, Ink.NONE);
    return new Commands(
        new Doors(List.of(addresses)),
        screen,
        new Launcher(Path.of("run-cluster.sh"), screen),
        Path.of("target"));
  }

  private String said() {
    return output.toString(StandardCharsets.UTF_8).strip();
  }

  private static String answer(List<String> words) {
    return switch (String.join(" ", words)) {
      case "SYNOD SESSION open" -> ":7\r\n";
      case "SYNOD SESSION resume 7" -> ":3\r\n";
      case "SYNOD SESSION close 7" -> "+OK\r\n";
      case "SYNOD DO 7 1 incr a" -> ":5\r\n";
      case "SYNOD DO 7 2 SET a b c" -> "+OK\r\n";
      case "SYNOD DO 7 3 incr a" -> "-UNKNOWN session=7 number=3 no answer in time\r\n";
      case "SYNOD OUTCOME 7 1" -> "*2\r\n$4\r\ndone\r\n:5\r\n";
      case "SYNOD OUTCOME 7 2" -> "*1\r\n$8\r\nnot-done\r\n";
      case "SYNOD OUTCOME 7 3" -> "*1\r\n$7\r\nexpired\r\n";
      case "SYNOD OUTCOME 7 4" -> "*1\r\n$4\r\ndone\r\n";
      default -> "-ERR unexpected " + words + "\r\n";
    };
  }

  @Test
  void saysInWordsWhatASessionAnswers() throws IOException {
    try (TinyDoor door = new TinyDoor(SessionVerbsTest::answer)) {
      Commands commands = commands(door.address(1));
      for (String line :
          List.of(
              "session open",
              "session resume 7",
              "session close 7",
              "do 7 1 'incr a'",
              "do 7 2 'put a \"b c\"'",
              "outcome 7 1",
              "outcome 7 2",
              "outcome 7 3",
              "outcome 7 4")) {
        assertTrue(commands.run(line), line + ": " + said());
      }
    }

    assertEquals(
        List.of(
            "session 7 is open; 'do 7 1 ...' is next",
            "it lives; the next number is 3",
            "closed",
            "5",
            "OK",
            "done: 5",
            "not done, and it never will be",
            "no longer known: the session is over, or the number is long answered",
            "done; its answer is lost"),
        said().lines().toList());
  }

  @Test
  void whatIsUnknownIsSaidToBeSoWithWhatTells() throws IOException {
    try (TinyDoor door = new TinyDoor(SessionVerbsTest::answer)) {
      assertFalse(commands(door.address(1)).run("do 7 3 'incr a'"));
    }

    assertTrue(said().contains("the outcome is unknown: no answer in time"), said());
    assertTrue(said().contains("'outcome 7 3' settles it"), said());
  }

  @Test
  void aNumberedCommandGoesToAnotherReplicaIfOneGivesNoAnswer() throws IOException {
    try (TinyDoor breaks = new TinyDoor(words -> "");
        TinyDoor door = new TinyDoor(SessionVerbsTest::answer)) {
      assertTrue(commands(breaks.address(1), door.address(2)).run("do 7 1 'incr a'"), this::said);
    }

    assertEquals("5", said());
  }
}
