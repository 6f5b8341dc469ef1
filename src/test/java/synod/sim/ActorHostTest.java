package synod.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import synod.replica.ActorHost;

/** What the simulator shows of the bare roles holds of the actors that host them in production. */
class ActorHostTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void anActorAddsNothingToItsRole(long seed) {
    List<String> plain = transcript(seed, PlainHost::new);
    List<String> actors = transcript(seed, ActorHost::new);

    assertTrue(plain.size() > 300, "hardly anything happened");
    for (int i = 0; i < Math.min(plain.size(), actors.size()); i++) {
      assertEquals(plain.get(i), actors.get(i), "line " + i + ", behind " + around(plain, i));
    }
    assertEquals(plain.size(), actors.size());
  }

  private static String around(List<String> lines, int at) {
    return String.join("\n", lines.subList(Math.max(0, at - 10), at)) + "\n";
  }

  private static List<String> transcript(long seed, Host.Maker hosts) {
    List<String> lines = new ArrayList<>();
    Script script = Swarm.draw(seed);
    Run.Result result = new Run(script, hosts, List.of(new Transcript(lines::add))).go();
    lines.add(result.toString());
    return lines;
  }
}
