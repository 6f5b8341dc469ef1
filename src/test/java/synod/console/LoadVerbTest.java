package synod.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.load.Keys;

final class LoadVerbTest {
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  @TempDir Path run = Path.of("");

  private Commands commands(Address... doors) {
    Screen screen = new Screen(new PrintStream(output, true, StandardCharsets.UTF_8), 0, Ink.NONE);
    Launcher launcher = new Launcher(Path.of("run-cluster.sh"), screen);
    return new Commands(new Doors(List.of(doors)), screen, launcher, run.resolve("new"));
  }

  private String said() {
    return output.toString(StandardCharsets.UTF_8);
  }

  private static String answer(List<String> words) {
    return switch (words.get(0)) {
      case "GET" -> "$-1\r\n";
      case "DEL" -> ":1\r\n";
      case "SYNOD" -> words.get(1).equals("LEADER") ? ":2\r\n" : "+OK\r\n";
      default -> "+OK\r\n";
    };
  }

  private List<String> pictures() throws IOException {
    try (Stream<Path> files = Files.list(run.resolve("new"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static long keys(TinyDoor door, String verb) {
    return door.requests().stream()
        .filter(words -> words.get(0).equals(verb))
        .flatMap(words -> words.stream().skip(1))
        .filter(word -> word.startsWith(Keys.PREFIX))
        .count();
  }

  @Test
  void aLoadOfPutsIsReportedDrawnAndTakenAway() throws IOException {
    try (TinyDoor one = new TinyDoor(LoadVerbTest::answer);
        TinyDoor two = new TinyDoor(LoadVerbTest::answer)) {
      Commands commands = commands(one.address(1), two.address(2), TinyDoor.closed(3));

      assertTrue(commands.run("load put 4 1"), this::said);

      assertTrue(said().startsWith("put by 4 clients for 1 s, values of 100 bytes on 10000 keys"));
      assertTrue(said().contains("p99.9 ms"), this::said);
      assertTrue(said().contains("longest time without an answer to anybody: "), this::said);
      assertTrue(said().contains("at 0.0 s: replica 3 is down"), this::said);
      assertEquals(1, pictures().size());
      assertTrue(pictures().get(0).matches("load-put-\\d{8}-\\d{6}\\.svg"), pictures()::toString);
      assertTrue(said().contains("picture: " + run.resolve("new").resolve(pictures().get(0))));
      assertEquals(10_000, keys(one, "DEL") + keys(two, "DEL"));
      assertTrue(one.requests().size() > 10 && two.requests().size() > 10);
    }
  }

  @Test
  void whatIsReadIsPutFirst() throws IOException {
    try (TinyDoor door = new TinyDoor(LoadVerbTest::answer)) {
      assertTrue(commands(door.address(1)).run("load get 2 1 5KiB"), this::said);

      assertTrue(said().startsWith("puts the 10000 keys synod:load:* that are read"), this::said);
      assertEquals(10_000, keys(door, "MSET"));
      assertTrue(keys(door, "GET") > 10);
      assertEquals(0, keys(door, "SET"));
    }
  }

  @Test
  void whoChoseOneReplicaLoadsThatOneOnly() throws IOException {
    try (TinyDoor one = new TinyDoor(LoadVerbTest::answer);
        TinyDoor two = new TinyDoor(LoadVerbTest::answer)) {
      Commands commands = commands(one.address(1), two.address(2));

      assertTrue(commands.run("use 2"));
      assertTrue(commands.run("load put 4 1"), this::said);

      assertEquals(0, keys(one, "SET"));
      assertTrue(keys(two, "SET") > 10);
    }
  }

  @Test
  void aLoadInWhichNothingIsDoneFailsAndSaysWhy() throws IOException {
    try (TinyDoor door =
        new TinyDoor(words -> words.get(0).equals("SET") ? "-BUSY no leader\r\n" : "+OK\r\n")) {
      assertFalse(commands(door.address(1)).run("load put 2 1"));

      assertTrue(said().contains("refused, the first with: BUSY no leader"), this::said);
      assertTrue(said().contains("error: nothing was done at all"), this::said);
    }
  }

  @Test
  void withoutAReplicaThereIsNoLoad() throws IOException {
    assertFalse(commands(TinyDoor.closed(1)).run("load put"));

    assertTrue(said().contains("cannot be reached"), this::said);
  }

  @Test
  void theKeysAreRemovedThoughTheStoreIsBusyForAWhile() throws IOException {
    AtomicInteger deletions = new AtomicInteger();
    Function<List<String>, String> busyTwice =
        words ->
            words.get(0).equals("DEL") && deletions.getAndIncrement() < 2
                ? "-BUSY 1 bytes wait\r\n"
                : answer(words);
    try (TinyDoor door = new TinyDoor(busyTwice)) {
      assertTrue(commands(door.address(1)).run("load put 2 1 1MiB"), this::said);

      assertEquals(10_000 / 200 + 2, deletions.get());
    }
  }

  @Test
  void aPersonCanEndItEarly() throws IOException {
    CountDownLatch some = new CountDownLatch(10);
    Function<List<String>, String> counting =
        words -> {
          some.countDown();
          return answer(words);
        };
    try (TinyDoor door = new TinyDoor(counting)) {
      Commands commands = commands(door.address(1));
      commands.pauseBy(over -> some.await());

      assertTrue(commands.run("load put 2 3600"), this::said);

      assertEquals(1, pictures().size());
      assertEquals(10_000, keys(door, "DEL"));
    }
  }
}
