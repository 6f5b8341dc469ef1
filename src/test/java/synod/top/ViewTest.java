package synod.top;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What stands on the screen in the situations that a person wants to understand. */
final class ViewTest {
  private static final String NOON = "12:00:00";
  private static final long SECOND = 1_000_000_000L;

  private final View view = new View(List.of(1, 2, 3, 4, 5), Marks.UNICODE);

  private static Map<String, String> status(int id, int leader) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("leader", leader == 0 ? "" : "" + leader);
    fields.put("ballot", "7.3");
    fields.put("promised", "7.3");
    fields.put("chosen", "120");
    fields.put("applied", "120");
    fields.put("commands", "50");
    fields.put("quorums", "3 3");
    fields.put("cut", "");
    fields.put("incarnation", "1");
    fields.put("role.proposer", (id == leader ? "leading" : "idle") + " restarts=0");
    fields.put("role.acceptor", "voting restarts=0");
    fields.put("role.learner", "following restarts=0");
    fields.put("role.elector", "following restarts=0");
    for (int peer = 1; peer <= 5; peer++) {
      fields.put("peer." + peer, "host=h door=1 reachable=yes member=up");
    }
    return fields;
  }

  private void up(int id, Map<String, String> fields, long atNs) {
    view.take(id, Glance.up(fields, atNs), NOON);
  }

  private void allWell() {
    for (int id = 1; id <= 5; id++) {
      up(id, status(id, 3), 0);
    }
  }

  private void gone(int id, Glance.Presence how) {
    view.take(id, Glance.without(how, SECOND), NOON);
  }

  private List<String> frame(int width, int height) {
    return view.lines(new View.Moment(width, height, NOON, 2 * SECOND)).stream()
        .map(Line::toString)
        .toList();
  }

  private String text() {
    return String.join("\n", frame(80, 24));
  }

  private String row(int id) {
    return frame(80, 24).get(3 + id);
  }

  private void hear(int id, String event) {
    view.hear(id, event, new View.Moment(0, 0, NOON, 2 * SECOND));
  }

  @Test
  void allIsWell() {
    allWell();

    List<String> lines = frame(80, 24);

    assertEquals(
        "Synod  serving: leader 3, quorum 5 of 5" + " ".repeat(32) + "12:00:00", lines.get(0));
    assertEquals("> 1  up     up 4/4   ○  ●  ●  ●", lines.get(4).substring(0, 31));
    assertTrue(lines.get(6).startsWith("  3♛ up     up 4/4   ●  ●  ●  ●  "), lines.get(6));
    assertTrue(lines.get(6).matches(".* 7\\.3 +7\\.3 +120 +120 \\. .*"), lines.get(6));
    assertEquals("ring    1 > 2 > 3♛ > 4 > 5 > 1", lines.get(10));
    assertEquals("links   none is cut", lines.get(11));
  }

  @Test
  void aLeaderIsDeadAndNobodySuspectsItYet() {
    allWell();
    gone(3, Glance.Presence.DOWN);

    assertTrue(text().contains("no leader: 4 of 5 answer, 3 are needed"), this::text);
    assertTrue(text().contains("Replica 3 led and is not heard"), this::text);
    assertTrue(row(3).startsWith("  3  down   up 4/4"), row(3));
    assertTrue(text().contains("1 > 2 > (3) > 4"), this::text);
    assertTrue(text().contains("3  its process is GONE"), this::text);
  }

  @Test
  void anElectionIsTheTokenOnItsWayAndASentenceForEachStep() {
    allWell();
    gone(5, Glance.Presence.DOWN);
    for (int id = 1; id <= 4; id++) {
      up(id, status(id, 0), SECOND);
    }

    hear(1, "suspects the leader at ballot 7.5: silent for 1200 ms");
    hear(2, "suspects the leader at ballot 7.5: silent for 1200 ms");
    hear(1, "starts a token, round 4");
    hear(2, "token 4 of 1 goes to 3 with 2");

    assertTrue(text().contains("A token goes round the ring"), this::text);
    assertTrue(text().contains("1 > 2 > [3] > 4 > (5) > 1   token 4 of 1: 2 > 3"), this::text);
    assertTrue(
        text().contains("1 2  has heard nothing of leader 5 for 1200 ms: takes it for dead"),
        this::text);
    assertTrue(text().contains("2  election 4: token goes on to replica 3, signed by 2"));

    hear(1, "token 4 of 1 has been at 1 2 3 4");
    hear(4, "token 4 of 1 goes to 2 with 4");
    assertTrue(text().contains("[1] > 2 > 3 > 4 > (5) > 1   token 4 of 1 has been round"));

    hear(4, "leads at ballot 8.4: its no-op is chosen in slot 121");
    assertTrue(text().contains("4  LEADS at ballot 8.4: a quorum accepted its slot 121"));
  }

  @Test
  void withoutAQuorumItSaysHowManyAnswerAndWhatToDo() {
    allWell();
    List.of(1, 2, 3).forEach(id -> gone(id, Glance.Presence.DOWN));

    assertTrue(text().contains("no leader: 2 of 5 answer, 3 are needed"), this::text);
    assertTrue(text().contains("Start replicas (s)"), this::text);
  }

  @Test
  void withUnequalQuorumsALeaderServesWithFewAndIsElectedByMany() {
    for (int id = 1; id <= 5; id++) {
      Map<String, String> fields = status(id, 3);
      fields.put("quorums", "4 2");
      up(id, fields, 0);
    }
    List.of(1, 2, 5).forEach(id -> gone(id, Glance.Presence.DOWN));
    assertTrue(text().contains("serving: leader 3, quorum 2 of 5"), this::text);
    assertTrue(text().contains("when 2 acceptors have it on disk"), this::text);

    gone(3, Glance.Presence.DOWN);
    assertTrue(text().contains("no leader: 1 of 5 answer, 4 are needed"), this::text);
  }

  @Test
  void oneThatHangsIsSilentAndOneThatIsCutOffIsNotCounted() {
    allWell();
    gone(2, Glance.Presence.SILENT);
    Map<String, String> cut = status(3, 3);
    cut.put("cut", "4");
    cut.put("peer.4", "host=h door=1 reachable=no member=unreachable");
    up(3, cut, SECOND);

    assertTrue(row(2).startsWith("  2  silent"), row(2));
    assertTrue(text().contains("serving: leader 3, quorum 3 of 5"), this::text);
    assertTrue(text().contains("cut     3-4"), this::text);
    assertTrue(view.isCut(4, 3));
    assertFalse(view.isCut(4, 2));
    assertTrue(view.isSilent(2));
  }

  @Test
  void aLeaderThatReachesTooFewDoesNotServe() {
    allWell();
    Map<String, String> alone = status(3, 3);
    for (int peer : List.of(1, 2, 4)) {
      alone.put("peer." + peer, "host=h door=1 reachable=no member=up");
    }
    up(3, alone, SECOND);

    assertTrue(text().contains("not serving: leader 3 has 2 of 5, 3 are needed"), this::text);
  }

  @Test
  void aRoleThatHasJustCrashedIsMarkedAndCountedAndTheMarkGoes() {
    allWell();
    Map<String, String> crashed = status(3, 3);
    crashed.put("role.proposer", "leading restarts=1");
    up(3, crashed, SECOND);
    hear(3, "proposer crashed: CrashedOnPurpose: crashed on purpose");

    assertTrue(row(3).contains("✖1 ●  ●  ●"), row(3));
    assertTrue(text().contains("3  its proposer CRASHED"), this::text);

    String later =
        view.lines(new View.Moment(80, 24, NOON, 60 * SECOND)).stream()
            .map(Line::toString)
            .collect(Collectors.joining("\n"));
    assertTrue(later.contains("●1 ●  ●  ●"), later);
  }

  @Test
  void lagIsABarAndPutsAreAChart() {
    allWell();
    Map<String, String> behind = status(4, 3);
    behind.put("applied", "20");
    up(4, behind, SECOND);
    Map<String, String> busy = status(1, 3);
    busy.put("commands", "1050");
    up(1, busy, SECOND);

    assertTrue(row(4).contains(" 20 ███"), row(4));
    assertTrue(row(1).matches(".* 1000 ▁?█"), row(1));
    assertTrue(text().contains("puts/s  "), this::text);
    assertTrue(text().contains("█  1000"), this::text);
  }

  @Test
  void itFitsExactlyAndSaysSoWhereItDoesNot() {
    allWell();
    hear(1, "something that nobody has thought of ".repeat(9));
    view.say("long ".repeat(40));

    for (List<Integer> size : List.of(List.of(80, 24), List.of(120, 40), List.of(200, 60))) {
      List<Line> lines = view.lines(new View.Moment(size.get(0), size.get(1), NOON, 2 * SECOND));
      assertEquals(size.get(1), lines.size());
      lines.forEach(line -> assertTrue(shown(line, size.get(0)) <= size.get(0), line::toString));
    }
    view.help();
    assertEquals(24, frame(80, 24).size());
    assertTrue(text().contains("P proposer"), this::text);
    assertEquals(List.of("79x24 is too small: 80x24, please (q quits)"), frame(79, 24));
  }

  private static int shown(Line line, int columns) {
    return line.spans(columns).stream().mapToInt(span -> span.text().length()).sum();
  }

  @Test
  void keysAndHelpAreNotCutOffAtEightyColumns() {
    allWell();
    view.help();

    frame(80, 24).forEach(line -> assertTrue(line.length() <= 80, line));
    List.of(1, 2, 4).forEach(id -> gone(id, Glance.Presence.DOWN));
    frame(80, 24).forEach(line -> assertTrue(line.length() <= 80, line));
  }

  @Test
  void whereThereIsNoUnicodeTheMarksDifferFromEachOtherToo() {
    for (Marks marks : Marks.values()) {
      assertEquals(
          6,
          List.of(marks.crown, marks.on, marks.idle, marks.busy, marks.crash, marks.bar).stream()
              .distinct()
              .count());
    }
  }

  @Test
  void theChoiceGoesRound() {
    view.step(-1);
    assertEquals(5, view.chosen());
    view.step(1);
    view.choose(9);
    assertEquals(1, view.chosen());
    view.choose(4);
    assertEquals(4, view.chosen());
  }
}
