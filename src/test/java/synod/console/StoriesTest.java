package synod.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StoriesTest {
  private static final List<Integer> THREE = List.of(1, 2, 3);
  private static final long NOON = 1_796_000_000_000_000L;

  private static View view(int id, String... fields) {
    Map<String, String> map = new TreeMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      map.put(fields[i], fields[i + 1].replace("T+", String.valueOf(NOON).substring(0, 13)));
    }
    return new View(id, map);
  }

  private static String at(int micros) {
    return Clock.time(NOON + micros);
  }

  private static View leaderOfSlot() {
    return view(
        1,
        "applied",
        "9",
        "oldest",
        "2",
        "full",
        "no",
        "proposed.at",
        "T+000",
        "proposed.ballot",
        "3.1",
        "proposed.bytes",
        "40",
        "accepted.at",
        "T+100",
        "accepted.ballot",
        "3.1",
        "accepted.sync",
        "90",
        "counted.at",
        "T+200",
        "counted.ballot",
        "3.1",
        "counted.by",
        "1 2",
        "applied.at",
        "T+300",
        "batch.time",
        "1796000000000",
        "batch.commands",
        "1",
        "command.1",
        "replica=2 session=7 number=5 client=- set a=1");
  }

  @Test
  void aSlotIsToldFromItsClientToEachReplicaThatAppliedIt() {
    View two =
        view(
            2,
            "applied",
            "9",
            "oldest",
            "2",
            "accepted.at",
            "T+150",
            "accepted.ballot",
            "3.1",
            "accepted.sync",
            "1500",
            "applied.at",
            "T+350");
    View three = view(3, "applied", "9", "oldest", "2", "applied.at", "T+400");

    assertEquals(
        List.of(
            "slot 7, chosen at ballot 3.1",
            "  sent      set a=1: by a client through replica 2 (its session 7, number 5)",
            "  proposed  " + at(0) + " by replica 1 at ballot 3.1, 40 bytes",
            "  accepted  " + at(100) + " by replica 1 at ballot 3.1, its disk took 0.1 ms",
            "  accepted  " + at(150) + " by replica 2 at ballot 3.1, its disk took 1.5 ms",
            "  chosen    " + at(200) + " by the quorum 1 2, counted by replica 1",
            "  applied   " + at(300) + " by replica 1",
            "  applied   " + at(350) + " by replica 2",
            "  applied   " + at(400) + " by replica 3",
            "  spared    replica 3 learned it without accepting it: the leader asks a quorum and"
                + " tells the others"),
        SlotStory.tell(7, THREE, List.of(leaderOfSlot(), two, three)));
  }

  @Test
  void anAdoptionARetransmissionANoOpAndAReplicaThatIsDownAreTold() {
    View one =
        view(
            1,
            "applied",
            "9",
            "oldest",
            "2",
            "proposed.at",
            "T+000",
            "proposed.ballot",
            "4.1",
            "proposed.bytes",
            "16",
            "adopted.from",
            "3.2",
            "resent.at",
            "T+050",
            "resent.times",
            "2",
            "batch.commands",
            "0",
            "applied.at",
            "T+300");

    String story = String.join("\n", SlotStory.tell(7, THREE, List.of(one)));

    assertTrue(story.contains("for ballot 4.1: an acceptor had it since ballot 3.2"), story);
    assertTrue(story.contains("for the 2. time"), story);
    assertTrue(story.contains("  no-op "), story);
    assertTrue(story.contains("replica 3 did: it does not answer; 'start 3'"), story);
  }

  @Test
  void whatIsTooOldOrYetToComeOrBeforeTheProcessIsSaidToBeSo() {
    View full = view(1, "applied", "90000", "oldest", "70000", "full", "yes");
    View young = view(2, "applied", "90000", "oldest", "80000", "full", "no");
    View late = view(3, "applied", "6", "oldest", "1", "full", "no");

    String story = String.join("\n", SlotStory.tell(7, THREE, List.of(full, young, late)));

    assertTrue(story.contains("replica 1 did it: older than the last 16,384 slots"), story);
    assertTrue(story.contains("replica 2 did it: its process began later"), story);
    assertTrue(story.contains("  not yet   replica 3 has applied up to slot 6"), story);
  }

  private static View follower(int id, String reached, String... more) {
    View plain =
        view(
            id,
            "leader",
            "",
            "acceptor",
            "voting",
            "proposer",
            "idle",
            "reached",
            reached,
            "disk_us",
            "0");
    plain.fields().putAll(view(id, more).fields());
    return plain;
  }

  @Test
  void aLeaderIsToldWithItsElection() {
    View one =
        follower(
            1,
            "1 2 3",
            "leader",
            "1",
            "proposer",
            "leading",
            "led.ballot",
            "4.1",
            "last.led.at",
            "T+000",
            "elected.winner",
            "1",
            "elected.round",
            "4",
            "elected.why",
            "no leader was heard by 1 2",
            "last.elected.at",
            "T+000",
            "closed.round",
            "4",
            "closed.path",
            "1 2");
    List<View> all =
        List.of(one, follower(2, "1 2 3", "leader", "1"), follower(3, "1 2 3", "leader", "1"));

    assertEquals(
        List.of(
            "replica 1 leads at ballot 4.1 since " + at(0),
            "  elected   " + at(0) + " in round 4, closed by replica 1: no leader was heard by 1 2",
            "  token     it had been at replicas 1 2",
            "  followed  by replicas 1 2 3"),
        LeaderStory.tell(THREE, all));
  }

  @Test
  void twoThatAreSilentAreNamedAndWhatToDoIsSaid() {
    View one =
        follower(1, "1", "last.electionaborted.at", "T+000", "last.electionaborted.text", "no");

    List<String> story = LeaderStory.tell(THREE, List.of(one));

    assertEquals(
        List.of(
            "nobody leads",
            "  quorum    none: 1 of 3 replicas answer with a disk that may vote, 2 are needed",
            "  silent    replicas 2 3",
            "  tried     " + at(0) + " 1: no",
            "  do        ./run-cluster.sh start 2, ./run-cluster.sh start 3; if its process is up,"
                + " it hangs or its door cannot be reached"),
        story);
  }

  /** Quorums of 4 and 2: two serve on under their leader, and not even three find another. */
  @Test
  void whatMakesAQuorumIsWhatIsConfigured() {
    List<Integer> five = List.of(1, 2, 3, 4, 5);
    View leads =
        follower(
            1, "1 2", "quorums", "4 2", "leader", "1", "proposer", "leading", "led.ballot", "4.1");
    View two = follower(2, "1 2", "quorums", "4 2", "leader", "1");
    View three = follower(3, "2 3", "quorums", "4 2");

    List<String> led = LeaderStory.tell(five, List.of(leads, two));
    List<String> lost = LeaderStory.tell(five, List.of(follower(1, "1 2 3"), two, three));
    List<String> enough =
        LeaderStory.tell(five, List.of(follower(1, "1 2 3 5"), two, three, follower(5, "1 2 3 5")));

    assertTrue(led.get(0).startsWith("replica 1 leads at ballot 4.1"), led::toString);
    assertTrue(
        led.contains(
            "  after it  nobody: 2 of 5 replicas answer with a disk that may vote, 4 are needed to"
                + " elect another"),
        led::toString);
    assertEquals("nobody leads", lost.get(0));
    assertEquals(
        "  quorum    none: 3 of 5 replicas answer with a disk that may vote, 4 are needed",
        lost.get(1));
    assertTrue(enough.get(1).contains("4 of 5 replicas could make one, 4"), enough::toString);
  }

  /** Quorums of 2 and 4: who leads has had its no-op accepted by four. */
  @Test
  void aLeaderWithoutAPhase2QuorumDoesNotServe() {
    List<Integer> five = List.of(1, 2, 3, 4, 5);
    View alone =
        follower(
            1,
            "1 2 3",
            "quorums",
            "2 4",
            "leader",
            "1",
            "proposer",
            "leading",
            "led.ballot",
            "4.1");

    List<String> story =
        LeaderStory.tell(five, List.of(alone, follower(2, "1 2 3"), follower(3, "1 2 3")));

    assertEquals("nobody leads", story.get(0));
    assertTrue(story.get(1).contains("none: 3 of 5") && story.get(1).contains("4 are needed"));
  }

  @Test
  void aDiskThatHangsIsNamedAndDoesNotCountForTheQuorum() {
    View hung = follower(1, "1 2", "disk_us", "3000000");

    String story = String.join("\n", LeaderStory.tell(THREE, List.of(hung, follower(2, "1 2"))));

    assertTrue(story.contains("none: 1 of 3"), story);
    assertTrue(story.contains("replica 1 has waited for its disk for 3000.0 ms"), story);
    assertTrue(story.contains("look at the disk of replica 1"), story);
  }

  @Test
  void withoutAnyReplicaItSaysHowToStartThem() {
    List<String> story = LeaderStory.tell(THREE, List.of());

    assertEquals("nobody leads: no replica answers", story.get(0));
    assertTrue(story.get(1).contains("./run-cluster.sh start 3"), story::toString);
  }

  @Test
  void aKeyThatIsGoneTellsTheSlotThatNamedItLast() {
    View gone =
        view(
            0,
            "version",
            "0",
            "named.slot",
            "12",
            "named.time",
            "1796000000000",
            "named.command",
            "replica=3 session=7 number=5 client=- delete a");

    List<String> story = KeyStory.tell("a", gone);

    assertEquals("there is no key a", story.get(0));
    assertTrue(story.get(1).contains("slot 12"), story::toString);
    assertTrue(story.get(2).contains("delete a: by a client through replica 3"), story::toString);
  }

  @Test
  void whatManyReplicasSayAtOnceIsOneLineOfTheHistory() {
    PastHour past = new PastHour();
    past.add(2, List.of(NOON + 5000 + " 1 ReachChanged hears nothing any more from 1"));
    past.add(3, List.of(NOON + " 3 ReachChanged hears nothing any more from 1"));
    past.add(3, List.of(NOON - 1000 + " 2 ElectionAborted round 3 ends"));

    assertEquals(
        List.of(
            at(-1000) + "  3          round 3 ends, 2 times in a row",
            at(5000) + "  2 3        hears nothing any more from 1"),
        past.lines(9));
  }
}
