package synod.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import synod.trace.Diagram;
import synod.trace.Entry;
import synod.trace.Fact;
import synod.trace.Said;

/** What each script of the course promises does happen in it. */
class TeachingScriptsTest {
  private static List<Entry> recorded(String name) {
    Script script = Main.read(Path.of("docs", "scripts", name + ".txt"));
    Recording recording = new Recording(script);
    Run.Result result = new Run(script, PlainHost::new, List.of(recording)).go();
    assertEquals(Optional.empty(), result.failure());
    List<Entry> entries = recording.entries();
    long arrows = drawn(entries).lines().filter(line -> line.startsWith("<g class=\"m\">")).count();
    assertTrue(arrows < 120, () -> name + " has " + arrows + " arrows");
    everyReceiptHasItsSending(entries);
    return entries;
  }

  private static String drawn(List<Entry> entries) {
    return Diagram.svg(entries, new Diagram.Options("one", OptionalLong.empty(), false));
  }

  private static void everyReceiptHasItsSending(List<Entry> entries) {
    TreeSet<String> sent = new TreeSet<>();
    long before = 0;
    for (Entry entry : entries) {
      if (entry.fact() instanceof Fact.Sent one) {
        assertTrue(sent.add(one.id()), one.id() + " is sent twice");
      } else if (entry.fact() instanceof Fact.Received one && !sent.contains(one.id())) {
        before++;
      }
    }
    assertTrue(before <= 20, before + " receipts of what was sent before");
  }

  private static Stream<Fact.Happened> events(List<Entry> entries, String name) {
    return entries.stream()
        .map(Entry::fact)
        .filter(Fact.Happened.class::isInstance)
        .map(Fact.Happened.class::cast)
        .filter(event -> event.name().equals(name));
  }

  private static Stream<Said> sent(List<Entry> entries, String kind) {
    return entries.stream()
        .map(Entry::fact)
        .filter(Fact.Sent.class::isInstance)
        .map(fact -> ((Fact.Sent) fact).said())
        .filter(said -> said.kind().equals(kind));
  }

  private static int indexOf(List<Entry> entries, Predicate<Entry> what) {
    for (int i = 0; i < entries.size(); i++) {
      if (what.test(entries.get(i))) {
        return i;
      }
    }
    throw new AssertionError("it does not happen");
  }

  private static Predicate<Entry> event(String name) {
    return entry -> entry.fact() instanceof Fact.Happened event && event.name().equals(name);
  }

  @Test
  void inAPlainRoundOneSlotIsChosenAtOneBallotAndAppliedByAll() {
    List<Entry> entries = recorded("plain-round");

    Fact.Happened chosen = events(entries, "SlotChosen").findFirst().orElseThrow();
    assertEquals(3, sent(entries, "accept").filter(said -> said.slot() == chosen.slot()).count());
    assertEquals(3, events(entries, "Applied").filter(it -> it.slot() == chosen.slot()).count());
    assertEquals(0, sent(entries, "prepare").count());
  }

  @Test
  void duellingProposersRejectEachOther() {
    List<Entry> entries = recorded("duelling-proposers");

    TreeSet<String> rejected = new TreeSet<>();
    sent(entries, "rejected").forEach(said -> rejected.add(said.ballot().replaceAll(".*\\.", "")));
    assertTrue(rejected.containsAll(List.of("1", "2")), rejected::toString);
  }

  @Test
  void aValueIsAdoptedAtAHigherBallot() {
    List<Entry> entries = recorded("adoption");

    assertTrue(
        events(entries, "Recovered").anyMatch(it -> it.text().contains("1 adopted")),
        () -> events(entries, "Recovered").toList().toString());
    long slot = events(entries, "Recovered").findFirst().orElseThrow().slot();
    TreeSet<String> ballots = new TreeSet<>();
    sent(entries, "accept").filter(s -> s.slot() == slot).forEach(s -> ballots.add(s.ballot()));
    assertEquals(2, ballots.size(), ballots::toString);
  }

  @Test
  void aLeaderIsLostAndTheRoundIsBroughtToItsEndByAnother() {
    List<Entry> entries = recorded("leader-lost");

    int lost = indexOf(entries, event("Ended"));
    int suspected = indexOf(entries, event("Suspected"));
    int led = indexOf(entries, event("Led"));
    assertTrue(lost < suspected && suspected < led);
    assertTrue(entries.get(led).replica() != entries.get(lost).replica());
    assertTrue(sent(entries, "token").count() > 0 && sent(entries, "coordinator").count() > 0);
    assertTrue(events(entries, "Recovered").anyMatch(it -> it.text().contains("1 adopted")));
  }

  @Test
  void aCrashedProposerLeadsAgainWithoutAnElection() {
    List<Entry> entries = recorded("role-crash");

    int crashed = indexOf(entries, event("RoleCrashed"));
    int led = indexOf(entries, event("Led"));
    assertTrue(crashed < led);
    assertEquals(entries.get(crashed).replica(), entries.get(led).replica());
    assertEquals(0, sent(entries, "token").count());
    assertTrue(
        entries.subList(led, entries.size()).stream()
            .anyMatch(it -> it.fact() instanceof Fact.Sent s && s.said().kind().equals("accept")));
  }

  @Test
  void aDeadSuccessorIsSkipped() {
    List<Entry> entries = recorded("dead-successor");

    assertTrue(events(entries, "HopSkipped").count() > 0);
    assertTrue(events(entries, "Elected").count() > 0);
    assertTrue(events(entries, "Led").count() > 0);
  }
}
