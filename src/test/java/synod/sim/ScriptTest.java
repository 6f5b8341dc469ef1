package synod.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScriptTest {
  @Test
  void aRunIsReadAsItIsWritten() {
    for (long seed = 1; seed <= 50; seed++) {
      Script drawn = Swarm.draw(seed);

      assertEquals(drawn, Script.parse(drawn.lines()));
    }
  }

  @Test
  void aLineThatIsNoneIsNamed() {
    assertRefused("word seed=1", "begins with world, at or run");
    assertRefused("world seed=1 loss", "loss is not a name");
    assertRefused("world seed=1 los=3", "nothing is called los, but these: replicas");
    assertRefused("at noon kill 1", "at noon kill 1");
    assertRefused("run 100", "no line begins with world");
  }

  private static void assertRefused(String line, String why) {
    var refused = assertThrows(IllegalArgumentException.class, () -> Script.parse(List.of(line)));
    assertTrue(String.valueOf(refused.getMessage()).contains(why), refused.getMessage());
  }

  /** Stands for a run that fails whenever replica 3 is killed in a network that loses messages. */
  @Test
  void whatFailsIsMadeSmallWhileItFails() {
    Script large =
        Script.parse(
            List.of(
                "world seed=1 replicas=3 phase1=2 phase2=2 loss=20 double=10 clients=6",
                "at 10 kill 1",
                "at 20 start 1",
                "at 300 kill 3",
                "at 400 heal",
                "at 800 pause 2 100",
                "run 3000"));

    Script small = new Shrink(ScriptTest::run, "I4", 1_000).of(large);

    assertEquals("world seed=1 replicas=3 phase1=2 phase2=2 loss=20", small.plan().toString());
    assertEquals(List.of(Action.at(300, "kill", "3")), small.actions());
    assertTrue(small.ms() < 400, small::toString);
  }

  private static Run.Result run(Script script) {
    boolean fails =
        script.plan().is(Knob.LOSS) && script.actions().contains(Action.at(300, "kill", "3"));
    Optional<Run.Failure> failure =
        fails ? Optional.of(new Run.Failure("I4", "I4: no", new Error())) : Optional.empty();
    return new Run.Result(failure, 1, 1, 1, 0, Map.of());
  }
}
