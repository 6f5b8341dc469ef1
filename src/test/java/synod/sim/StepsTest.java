package synod.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code simulate --step}: which lines wait for Enter. In what is printed, {@code <} is one. */
class StepsTest {
  private static final Script PLAIN = new Script(new Plan(7), List.of(), 200);
  private static final List<String> LINES =
      List.of("1 a", "2 -- watch", "3 b", "4 c", "5 -- look-away", "6 d");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);

  private List<String> shown(Script script, String... typed) {
    Deque<String> left = new ArrayDeque<>(List.of(typed));
    Steps steps = new Steps(out, script, () -> enter(left));
    LINES.forEach(steps);
    return bytes.toString(UTF_8).lines().skip(1).toList();
  }

  private Optional<String> enter(Deque<String> left) {
    out.println(" <");
    return Optional.ofNullable(left.poll());
  }

  private static Script watched() {
    return Script.parse(
        List.of("world seed=1 replicas=3 phase1=2 phase2=2", "at 2 watch", "run 9"));
  }

  @Test
  void eachLineWaitsUntilTheScriptLooksAway() {
    assertEquals(
        List.of("1 a <", "2 -- watch <", "3 b <", "4 c <", "5 -- look-away", "6 d"),
        shown(PLAIN, "", "", "", ""));
  }

  @Test
  void whereTheScriptSaysWatchNothingWaitsBefore() {
    assertEquals(
        List.of("1 a", "2 -- watch <", "3 b <", "4 c <", "5 -- look-away", "6 d"),
        shown(watched(), "", "", ""));
  }

  @Test
  void behindAQTheRestComesAtOnce() {
    assertEquals(
        List.of("1 a", "2 -- watch <", "3 b <", "4 c", "5 -- look-away", "6 d"),
        shown(watched(), "", "q"));
  }

  @Test
  void whereTheTerminalEndsTheRestComesAtOnce() {
    assertEquals(
        List.of("1 a", "2 -- watch <", "3 b", "4 c", "5 -- look-away", "6 d"), shown(watched()));
  }
}
