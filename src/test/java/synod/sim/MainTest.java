package synod.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code simulate} and {@code compare} as a person calls them: what they say, and exit codes. */
class MainTest {
  private static final String SCRIPT = Path.of("docs", "scripts", "plain-round.txt").toString();

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);
  private final PrintStream err = new PrintStream(errors, true, UTF_8);

  private int simulate(String... args) {
    return Main.run(List.of(args), out, err);
  }

  private int compare(String... args) {
    return CompareMain.run(List.of(args), out, err);
  }

  private String said() {
    return bytes.toString(UTF_8);
  }

  private String complained() {
    return errors.toString(UTF_8);
  }

  // ---------------------------------------------------------------- one run, shown

  @Test
  void aLadderFollowsTheRun() {
    assertEquals(0, simulate("--script", SCRIPT, "--ladder"), this::complained);

    String ladder = said().substring(said().indexOf("----"));
    String accept = "<------|<------o   accept 1.3 s25  3 to 1 2";
    String chosen = "*   learner slot 25 is chosen at ballot 1.3 by 2 3";
    assertTrue(ladder.contains(accept) && ladder.contains(chosen), ladder);
    assertTrue(ladder.indexOf(accept) < ladder.indexOf(chosen), ladder);
  }

  @Test
  void aSeedIsShownAsWell() {
    assertEquals(0, simulate("--seed", "7", "--ladder"), this::complained);

    assertTrue(said().contains(" prepare ") && said().contains(" promise "), "no phase 1");
  }

  @Test
  @SuppressWarnings("SystemConsoleNull") // from Java 22 on, what is no terminal ends at once
  void withoutATerminalNobodyCanStep() {
    assumeTrue(System.console() == null, "this is one");

    assertEquals(2, simulate("--script", SCRIPT, "--step"));
    assertEquals(
        "simulate: --step waits for Enter and needs a terminal: take --transcript instead\n",
        complained());
  }

  @Test
  void aWrongCommandLineIsToldWithTheUsage() {
    for (List<String> wrong :
        List.of(
            List.of("--fly"),
            List.of("--seed"),
            List.of("--seed", "0"),
            List.of("--seeds", "x"),
            List.of("--threads", "4294967297"),
            List.of("--script", "no/such/file"),
            List.of("--step"))) {
      errors.reset();
      assertEquals(2, Main.run(wrong, out, err), wrong::toString);
      assertTrue(complained().startsWith("simulate: "), this::complained);
    }
    assertTrue(complained().contains("name it by --seed or --script\nusage: simulate "));
    assertEquals("", said());
  }

  // ---------------------------------------------------------------- two-phase commit and Paxos

  @Test
  void aComparisonIsATableAndThreePicturesAndEndsWithZero(@TempDir Path directory)
      throws IOException {
    Path file = directory.resolve("a.svg");

    int code = compare("--crash-ms", "500", "--back-ms", "700", "--svg", file.toString());

    assertEquals(0, code, this::complained);
    assertTrue(said().matches("(?s)seed 1: .*back after 700 ms; end at 3200 ms\\R.*"), this::said);
    assertTrue(
        said().matches("(?s).*\\nstill locked at the end +no +no +yes +no\\n.*"), this::said);
    for (String name : List.of("a.svg", "a-2pc.svg", "a-paxos.svg")) {
      assertTrue(Files.readString(directory.resolve(name)).startsWith("<svg "), name);
      assertTrue(said().contains("drawn: " + directory.resolve(name)), this::said);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--fly            | there is no option '--fly'",
        "--seed           | --seed wants something behind it",
        "--seed x         | --seed wants a number from 1 to 60000, not 'x'",
        "--crash-ms 0     | --crash-ms wants a number from 1 to 60000, not '0'",
        "--back-ms 60001  | --back-ms wants a number from 1 to 60000, not '60001'",
        "--back-ms 9999999999999999999 | --back-ms wants a number from 1 to 60000,"
            + " not '9999999999999999999'",
      })
  void aWrongOptionOfACompareIsTold(String args, String why) {
    assertEquals(2, compare(args.split(" ", -1)));
    assertEquals(
        "compare: "
            + why
            + "\nusage: compare [--seed N] [--crash-ms N] [--back-ms N] [--svg FILE]\n",
        complained());
    assertEquals("", said());
  }

  @Test
  void aPictureThatCannotBeWrittenIsToldBeforeTheRun(@TempDir Path directory) {
    Path nowhere = directory.resolve("none");

    assertEquals(2, compare("--svg", nowhere.resolve("a.svg").toString()));
    assertEquals(2, compare("--svg", directory.toString()));

    assertEquals(
        List.of(
            "compare: --svg %s/a.svg: there is no directory %s".formatted(nowhere, nowhere),
            "compare: --svg %s: it cannot be written".formatted(directory)),
        complained().lines().toList());
    assertEquals("", said());
  }

  @Test
  void aPictureThatCannotBeWrittenAfterAllEndsWithOne(@TempDir Path directory) throws IOException {
    Files.createDirectory(directory.resolve("a-2pc.svg"));

    assertEquals(1, compare("--crash-ms", "500", "--svg", directory.resolve("a.svg").toString()));

    assertTrue(complained().startsWith("compare: cannot write the picture: "), this::complained);
    assertTrue(complained().contains("a-2pc.svg"), this::complained);
  }
}
