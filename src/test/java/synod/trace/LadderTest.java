package synod.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LadderTest {
  private final List<Entry> entries = new ArrayList<>();
  private final Map<Integer, Long> places = new TreeMap<>();
  private long now;

  /** All clocks are alike, as pings in both directions show. */
  LadderTest() {
    for (int other : List.of(1, 2, 4, 5)) {
      send(3, other, "ping", 0);
      receive(3, other, "ping", 0);
      send(other, 3, "pong", 0);
      receive(other, 3, "pong", 0);
    }
  }

  private void add(int replica, Fact fact) {
    now += 100;
    entries.add(new Entry(replica, places.merge(replica, 1L, Long::sum), now, fact));
  }

  private void send(int from, int to, String kind, long slot) {
    add(from, new Fact.Sent(id(from, to, kind, slot), to, said(kind, slot)));
  }

  private void receive(int from, int to, String kind, long slot) {
    add(to, new Fact.Received(id(from, to, kind, slot), from, said(kind, slot)));
  }

  private static String id(int from, int to, String kind, long slot) {
    return from + ">" + to + kind + slot;
  }

  private static Said said(String kind, long slot) {
    return new Said(kind, "proposer", "acceptor", "7.3", slot, "text");
  }

  private void happen(int replica, String role, String name, long slot) {
    add(replica, new Fact.Happened(role, name, "7.3", slot, name + " in words"));
  }

  /** Replica 3 leads, 1, 2 and 4 answer. */
  private void round(long slot) {
    for (int to : List.of(1, 2, 4, 5)) {
      send(3, to, "accept", slot);
    }
    for (int to : List.of(1, 2, 4, 5)) {
      receive(3, to, "accept", slot);
    }
    for (int from : List.of(1, 2, 4)) {
      add(from, new Fact.Synced("acceptor", 400));
      send(from, 3, "accepted", slot);
      receive(from, 3, "accepted", slot);
    }
    add(3, new Fact.Happened("learner", "SlotChosen", "7.3", slot, "slot " + slot + " is chosen"));
  }

  private String drawn() {
    return String.join("\n", Ladder.lines(entries));
  }

  /** Without the times. */
  private String rungs() {
    return String.join(
        "\n", Ladder.lines(entries).stream().map(line -> line.substring(10)).toList());
  }

  @Test
  void aRoundIsALineForWhatGoesToAllAndOneForWhatComesBack() {
    round(12);

    assertEquals(
        """
        1       2       3       4       5
        |<------|<------o------>|------>|   accept 7.3 s12  3 to 1 2 4 5
        #       #       |       #       |   acceptor synced
        o-------------->|       |       |   accepted 7.3 s12  1 to 3
        |       o------>|       |       |   accepted 7.3 s12  2 to 3
        |       |       |<------o       |   accepted 7.3 s12  4 to 3
        |       |       *       |       |   learner slot 12 is chosen""",
        rungs());
  }

  @Test
  void whatCouldHaveBeenSeenBeforeItWasSentHasALineOfItsOwn() {
    send(1, 3, "accepted", 12);
    receive(1, 3, "accepted", 12);
    send(2, 3, "accepted", 12);
    receive(2, 3, "accepted", 12);

    assertEquals(3, Ladder.lines(entries).size());
  }

  @Test
  void answersThatWereSentBeforeTheFirstOfThemCameStandOnOneLine() {
    send(1, 3, "accepted", 12);
    send(5, 3, "accepted", 12);
    receive(1, 3, "accepted", 12);
    receive(5, 3, "accepted", 12);

    assertTrue(drawn().contains("o-------------->|<--------------o   accepted 7.3 s12  1 5 to 3"));
  }

  @Test
  void aMessageThatDidNotArriveEndsInACrossAndADoubledOneSaysSo() {
    send(1, 2, "prepare", 5);
    send(2, 1, "promise", 5);
    receive(2, 1, "promise", 5);
    receive(2, 1, "promise", 5);

    assertTrue(
        drawn()
            .contains("o------x|       |       |       |   prepare 7.3 s5  1 to 2: did not arrive"),
        drawn());
    assertTrue(drawn().contains("promise 7.3 s5, again"), drawn());
  }

  @Test
  void whatAFullMailboxDroppedEndsAtAWallWhereItCame() {
    send(1, 2, "accept", 5);
    add(2, new Fact.Dropped(id(1, 2, "accept", 5), 1, said("accept", 5)));
    send(5, 4, "accept", 6);
    add(4, new Fact.Dropped(id(5, 4, "accept", 6), 5, said("accept", 6)));

    assertEquals(
        """
        1       2       3       4       5
        o------]|       |       |       |   accept 7.3 s5  1 to 2: dropped, mailbox full
        |       |       |       |[------o   accept 7.3 s6  5 to 4: dropped, mailbox full""",
        rungs());
  }

  @Test
  void aCrashHasASignOfItsOwn() {
    happen(2, "proposer", "RoleCrashed", 0);
    send(1, 2, "prepare", 5);

    assertTrue(
        drawn().contains("|       !       |       |       |   proposer RoleCrashed in words"),
        drawn());
  }

  @Test
  void pingsAndWhatARoleSaysToItsOwnReplicaAreLeftOut() {
    send(1, 2, "ping", 0);
    receive(1, 2, "ping", 0);
    send(1, 1, "known", 4);
    receive(1, 1, "known", 4);

    assertEquals(1, Ladder.lines(entries).size());
  }

  @Test
  void roundsThatAreAlikeAreFolded() {
    for (int slot = 120; slot <= 157; slot++) {
      round(slot);
    }

    assertTrue(drawn().contains("accept 7.3 s120"), drawn());
    assertTrue(drawn().contains(":   ... 37 more rounds like this: slots 121-157"), drawn());
    assertTrue(Ladder.lines(entries).size() < 10, drawn());
  }

  @Test
  void aCrashBetweenRoundsIsNeverFoldedAway() {
    for (int slot = 1; slot <= 20; slot++) {
      round(slot);
      if (slot == 10) {
        happen(2, "acceptor", "RoleCrashed", 0);
      }
    }

    assertTrue(drawn().contains("slots 2-10"), drawn());
    assertTrue(drawn().contains("acceptor RoleCrashed in words"), drawn());
    assertTrue(drawn().contains("slots 12-20"), drawn());
  }

  @Test
  void noLineIsWiderThanAHundredColumns() {
    add(1, new Fact.Happened("learner", "SlotChosen", "7.3", 1, "x".repeat(300)));
    round(1_234_567_890_123L);

    Ladder.lines(entries).forEach(line -> assertTrue(line.length() <= 100, line));
  }

  @Test
  void aTraceIsNarrowedToASlotOrToAnElection() {
    round(1);
    round(2);
    send(1, 2, "token", 0);
    receive(1, 2, "token", 0);
    happen(2, "proposer", "RoleCrashed", 0);

    List<Entry> two = Narrow.to(entries, OptionalLong.of(2), false);
    List<Entry> election = Narrow.to(entries, OptionalLong.empty(), true);

    assertEquals(16, two.size());
    assertEquals(3, election.size());
  }
}
