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

final class CommandsTest {
  private static final String FOUND = "*2\r\n:9\r\n$1\r\nv\r\n";

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  private Commands commands(Address... doors) {
    Screen screen = new Screen(new PrintStream(output, true, StandardCharsets.UTF_8), 0, Ink.NONE);
    return new Commands(
        new Doors(List.of(doors)),
        screen,
        new Launcher(Path.of("run-cluster.sh"), screen),
        Path.of("target"));
  }

  private String said() {
    return output.toString(StandardCharsets.UTF_8).strip();
  }

  private static String answer(List<String> words) {
    return switch (words.get(0)) {
      case "SET" -> "+OK\r\n";
      case "GET" -> "$3\r\nx y\r\n";
      case "DEL" -> ":1\r\n";
      case "EXISTS" -> ":0\r\n";
      case "DBSIZE" -> ":42\r\n";
      case "INCRBY" -> ":7\r\n";
      case "EXPIRE" -> ":1\r\n";
      case "PTTL" -> words.get(1).equals("a") ? ":1500\r\n" : ":-1\r\n";
      case "SYNOD" -> words.get(3 % words.size()).equals("5") ? ":6\r\n" : FOUND;
      default -> "-ERR unknown command\r\n";
    };
  }

  private static Address nobody() throws IOException {
    return TinyDoor.closed(9);
  }

  @Test
  void aCommandIsARequestAndItsAnswerALine() throws IOException {
    try (TinyDoor door = new TinyDoor(CommandsTest::answer)) {
      Commands commands = commands(door.address(1));

      for (String line : List.of("put 'a b' 1", "GET a", "delete a", "exists a", "count", "")) {
        assertTrue(commands.run(line), this::said);
      }

      assertEquals(List.of("ok", "x y", "deleted", "no", "42"), said().lines().toList());
      assertEquals(List.of("SET", "a b", "1"), door.requests().get(0));
    }
  }

  @Test
  void aKeyThatIsANumberOrIsCalledLeaderIsExplainedAsAKey() throws IOException {
    String gone = "*2\r\n$7\r\nversion\r\n$1\r\n0\r\n";
    try (TinyDoor door = new TinyDoor(words -> gone)) {
      Commands commands = commands(door.address(1));

      for (String what : List.of("42", "key 42", "leader", "key leader", "key", "key key")) {
        assertTrue(commands.run("explain " + what), this::said);
      }
      assertFalse(commands.run("explain slot 42"));

      assertEquals(
          List.of("SLOT 42", "KEY 42", "LEADER", "KEY leader", "KEY key", "KEY key"),
          door.requests().stream().map(it -> String.join(" ", it.subList(2, it.size()))).toList());
      assertTrue(said().contains("there is no key 42\n"), this::said);
      assertTrue(said().endsWith("a number or is called leader: explain key 42"), this::said);
    }
  }

  @Test
  void countersLifetimesAndVersionsAreForPersonsToo() throws IOException {
    try (TinyDoor door = new TinyDoor(CommandsTest::answer)) {
      Commands commands = commands(door.address(1));

      for (String line : List.of("incr a", "incr a 5", "expire a 9", "ttl a", "ttl b")) {
        assertTrue(commands.run(line), this::said);
      }
      assertTrue(commands.run("version a"), this::said);
      assertTrue(commands.run("cas a 5 w"), this::said);
      assertFalse(commands.run("cas a 4 w"));

      assertEquals(
          List.of(
              "7",
              "7",
              "ok",
              "1500 ms",
              "it does not expire",
              "9  v",
              "ok, version 6",
              "error: not stored, another version is there: 9  v"),
          said().lines().toList());
      assertEquals(List.of("INCRBY", "a", "1"), door.requests().get(0));
      assertEquals(List.of("SYNOD", "CAS", "a", "5", "w"), door.requests().get(6));
    }
  }

  @Test
  void anErrorOfTheDoorFailsTheCommand() throws IOException {
    try (TinyDoor door = new TinyDoor(words -> "-ERR key too long\r\n")) {
      assertFalse(commands(door.address(1)).run("put a 1"));

      assertEquals("error: ERR key too long", said());
    }
  }

  @Test
  void aDoorThatCannotBeReachedIsPassedOver() throws IOException {
    try (TinyDoor door = new TinyDoor(CommandsTest::answer)) {
      assertTrue(commands(nobody(), door.address(2)).run("put a 1"), this::said);

      assertEquals(1, door.requests().size());
    }
  }

  @Test
  void aReadIsRepeatedElsewhereAfterABrokenConnection() throws IOException {
    try (TinyDoor breaks = new TinyDoor(words -> "");
        TinyDoor door = new TinyDoor(CommandsTest::answer)) {
      assertTrue(commands(breaks.address(1), door.address(2)).run("get a"), this::said);
    }
  }

  @Test
  void aPutIsNotRepeatedAfterABrokenConnection() throws IOException {
    try (TinyDoor breaks = new TinyDoor(words -> "");
        TinyDoor door = new TinyDoor(CommandsTest::answer)) {
      assertFalse(commands(breaks.address(1), door.address(2)).run("put a 1"));

      assertTrue(said().contains("outcome is unknown"), this::said);
      assertEquals(List.of(), door.requests());
    }
  }

  @Test
  void useBindsToOneReplicaUntilAny() throws IOException {
    try (TinyDoor door = new TinyDoor(CommandsTest::answer)) {
      Commands commands = commands(nobody(), door.address(2));

      assertTrue(commands.run("use 9"));
      assertFalse(commands.run("count"));
      assertTrue(commands.run("use any"));
      assertTrue(commands.run("count"));
    }
  }

  @Test
  void wrongLinesSayWhatWouldBeRight() throws IOException {
    Commands commands = commands(nobody());

    for (String line : List.of("bogus", "put a", "use 7", "crash 9 boss", "put 'a", "status")) {
      assertFalse(commands.run(line), line);
    }

    String said = said();
    assertTrue(said.contains("there is no command 'bogus'; 'help' lists them"), said);
    assertTrue(said.contains("usage: put KEY VALUE"), said);
    assertTrue(said.contains("there is no replica '7'; there are 9"), said);
    assertTrue(said.contains("there is no role 'boss'; there are [proposer"), said);
    assertTrue(said.contains("the quote ' at column 5"), said);
    assertTrue(said.contains("no replica answers; './run-cluster.sh start' starts them"), said);
  }

  @Test
  void eventsLeaveOutWhatHappensInEverySlot() throws IOException {
    String routine = "applied slot 7, 0 commands";
    String news = "takes replica 2 for the leader";
    String wire = "+OK\r\n$" + routine.length() + "\r\n" + routine + "\r\n$";
    String more = wire + news.length() + "\r\n" + news + "\r\n:0\r\n";
    try (TinyDoor door = new TinyDoor(words -> more)) {
      assertTrue(commands(door.address(1)).run("events"));
      assertEquals("1  " + news, said());

      assertTrue(commands(door.address(1)).run("events all"));
      assertTrue(said().contains("1  " + routine), this::said);
    }
  }

  @Test
  void completesVerbsReplicasAndRoles() {
    Commands commands = commands(new Address(1, "a", 1), new Address(2, "a", 2));

    assertTrue(Prompt.completions(commands, List.of("st"), 0).contains("status"));
    assertEquals(List.of("1", "2"), Prompt.completions(commands, List.of("kill", ""), 1));
    assertEquals(List.of("1", "2", "any"), Prompt.completions(commands, List.of("use", ""), 1));
    assertEquals(Commands.ROLES, Prompt.completions(commands, List.of("crash", "1", ""), 2));
    assertEquals(
        List.of("put", "get", "mix"), Prompt.completions(commands, List.of("load", ""), 1));
    assertEquals(List.of(), Prompt.completions(commands, List.of("put", ""), 1));
  }

  @Test
  void helpNamesEveryCommandWithinEightyColumns() throws IOException {
    Commands commands = commands(nobody());

    assertTrue(commands.run("help"));

    assertTrue(said().lines().allMatch(line -> line.length() <= 80), this::said);
    List<String> first = said().lines().map(line -> line.strip().split(" ", 2)[0]).toList();
    assertTrue(first.containsAll(commands.names()), first::toString);
  }
}
