package synod.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
            "quorums",
            "4 2",
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
      assertTrue(view.serves());
      assertTrue(lines.get(1).matches(" 1 +up +7.2 +7.2 +90 +90 +10 +4 +idle .*"), lines::toString);
      assertTrue(lines.get(2).matches(" 2 +up \\* .* 0 +4 +leading \\+3 .*"), lines::toString);
      assertEquals(" 3 down", lines.get(3).replaceAll(" +", " "));
      assertEquals(
          List.of("ring: 1 > 2 > (3) > 1", "  1 does not reach 3", "  2 does not reach 3"),
          view.ring());
    }
  }

  /** As SIGSTOP leaves a process: the system accepts for it, up to the backlog. */
  @Test
  void oneThatAcceptsAndSaysNothingIsSilentAndNotDown() throws IOException {
    try (ServerSocket paused = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
        TinyDoor full = new TinyDoor(words -> "-ERR max number of clients reached\r\n");
        TinyDoor dying = new TinyDoor(words -> "")) {
      Address silent =
          new Address(1, paused.getInetAddress().getHostAddress(), paused.getLocalPort());
      List<Address> all = List.of(silent, TinyDoor.closed(2), full.address(3), dying.address(4));

      StatusView view = StatusView.of(all, 300);

      assertEquals(
          List.of("1 silent", "2 down", "3 silent", "4 down"),
          view.table().lines(80).stream()
              .skip(1)
              .map(it -> it.strip().replaceAll(" +", " "))
              .toList());
      assertEquals(List.of(), view.up());
      assertFalse(view.serves() || view.areAllDown());
      assertEquals("ring: (1) > (2) > (3) > (4) > 1", view.ring().get(0).replaceAll(",.*", ""));
    }
  }

  @Test
  void theHighestBallotKnowsTheLeaderAndADeadOneLeadsNoMore() throws IOException {
    try (TinyDoor one = new TinyDoor(words -> status(1, "1", "7.1", 9));
        TinyDoor two = new TinyDoor(words -> status(2, "2", "12.2", 9))) {
      assertEquals(Optional.of(2), StatusView.of(List.of(one.address(1), two.address(2))).leader());
      StatusView alone = StatusView.of(List.of(one.address(1), TinyDoor.closed(3)));
      assertEquals(Optional.of(1), alone.leader());
      assertFalse(alone.serves(), "a phase-2 quorum is two");
    }
    try (TinyDoor two = new TinyDoor(words -> status(2, "1", "7.1", 9))) {
      assertEquals(Optional.empty(), StatusView.of(List.of(two.address(2))).leader());
    }
  }
}
