package synod.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StatusViewTest {

  private static String status(int id, String leader, String ballot, int applied) {
    List<String> fields =
        List.of(
            "id",
            "" + id,
            "leader",
            leader,
            "ballot",
            ballot,
            "promised",
            ballot,
            "chosen",
            "" + applied,
            "applied",
            "" + applied,
            "keys",
            "4",
            "unheard-of",
            "x",
            "role.proposer",
            id == 2 ? "leading restarts=3" : "idle restarts=0",
            "role.acceptor",
            "ready restarts=0",
            "role.learner",
            "following restarts=0",
            "role.elector",
            "following restarts=0",
            "peer.1",
            "host=h door=1 reachable=yes member=up",
            "peer.3",
            "host=h door=3 reachable=no member=absent");
    StringBuilder wire = new StringBuilder("*" + fields.size() + "\r\n");
    fields.forEach(f -> wire.append("$" + f.length() + "\r\n" + f + "\r\n"));
    return wire.toString();
  }

  @Test
  void showsARowForEachReplicaAlsoForOneThatIsDown() throws IOException {
    Address down = TinyDoor.closed(3);
    try (TinyDoor one = new TinyDoor(words -> status(1, "2", "7.2", 90));
        TinyDoor two = new TinyDoor(words -> status(2, "2", "7.2", 100))) {
      StatusView view = StatusView.of(List.of(one.address(1), two.address(2), down));
      List<String> lines = view.table().lines(80);

      assertEquals(List.of(1, 2), view.up());
      assertEquals(Optional.of(2), view.leader());
      assertTrue(lines.get(1).matches(" 1 +up +7.2 +7.2 +90 +90 +10 +4 +idle .*"), lines::toString);
      assertTrue(lines.get(2).matches(" 2 +up \\* .* 0 +4 +leading \\+3 .*"), lines::toString);
      assertEquals(" 3 down", lines.get(3).replaceAll(" +", " "));
      assertEquals(
          List.of("ring: 1 > 2 > (3) > 1", "  1 does not reach 3", "  2 does not reach 3"),
          view.ring());
    }
  }

  @Test
  void theHighestBallotKnowsTheLeaderAndADeadOneLeadsNoMore() throws IOException {
    try (TinyDoor one = new TinyDoor(words -> status(1, "1", "7.1", 9));
        TinyDoor two = new TinyDoor(words -> status(2, "2", "12.2", 9))) {
      assertEquals(Optional.of(2), StatusView.of(List.of(one.address(1), two.address(2))).leader());
      assertEquals(Optional.of(1), StatusView.of(List.of(one.address(1))).leader());
    }
    try (TinyDoor two = new TinyDoor(words -> status(2, "1", "7.1", 9))) {
      assertEquals(Optional.empty(), StatusView.of(List.of(two.address(2))).leader());
    }
  }
}
