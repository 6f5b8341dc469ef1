package synod.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class HeadlinesTest {
  private final Headlines headlines = new Headlines(1);

  @Test
  void anotherLeaderIsNewsAndTheSameOneIsNot() {
    headlines.hear(1, "leads at ballot 4.1: its no-op is chosen in slot 70", 10);
    headlines.hear(2, "takes replica 3 for the leader, at ballot 5.3", 20);
    headlines.hear(3, "leads at ballot 5.3: its no-op is chosen in slot 71", 30);
    headlines.hear(3, "leads at ballot 6.3: its no-op is chosen in slot 72", 40);

    assertEquals(List.of(new Mark(30, "leader 3")), headlines.marks());
  }

  @Test
  void aRoleThatCrashesIsNews() {
    headlines.hear(2, "proposer crashed: java.lang.RuntimeException: on purpose", 10);
    headlines.hear(2, "proposer restarted (1)", 11);

    assertEquals(List.of(new Mark(10, "proposer of 2 crashed")), headlines.marks());
  }

  @Test
  void aProcessEndsOnceAndComesBackOnce() {
    headlines.hear(2, "tells no more: Connection reset", 10);
    headlines.hear(2, "is down", 20);
    headlines.hear(2, "is down", 30);
    headlines.hear(2, "elector started", 40);
    headlines.hear(2, "applied slot 9, 3 commands", 50);
    headlines.hear(2, "tells no more: null", 60);

    assertEquals(
        List.of(
            new Mark(10, "replica 2 ended"),
            new Mark(40, "replica 2 is back"),
            new Mark(60, "replica 2 ended")),
        headlines.marks());
  }

  @Test
  void whoIsDownFromTheStartIsSaidToBe() {
    headlines.hear(4, "is down", 5);
    headlines.hear(4, "is down", 6);

    assertEquals(List.of(new Mark(5, "replica 4 is down")), headlines.marks());
  }

  @Test
  void whatHappensInEverySlotIsNone() {
    headlines.hear(1, "proposed slot 8 at ballot 4.1, 120 bytes", 1);
    headlines.hear(1, "slot 8 is chosen at ballot 4.1", 2);

    assertEquals(List.of(), headlines.marks());
  }
}
