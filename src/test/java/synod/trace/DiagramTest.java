package synod.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import synod.kv.CommandRange;

class DiagramTest {
  private static final Diagram.Options ALL =
      new Diagram.Options("a <test> & more", OptionalLong.empty(), false);

  private final List<Entry> entries = new ArrayList<>();
  private final TreeMap<Integer, Long> places = new TreeMap<>();
  private long micros = 1_000;
  private int ids;

  private void write(int replica, Fact fact) {
    micros += 100;
    entries.add(new Entry(replica, places.merge(replica, 1L, Long::sum), micros, fact));
  }

  private static Said accept(long slot) {
    return new Said("accept", "proposer", "acceptor", "7.1", slot, "accept slot " + slot);
  }

  private static Said accepted(long slot) {
    return new Said("accepted", "acceptor", "learner", "7.1", slot, "accepted slot " + slot);
  }

  /** It arrives at once. */
  private void says(int from, int to, Said said) {
    String id = "m" + ids++;
    write(from, new Fact.Sent(id, to, said));
    write(to, new Fact.Received(id, from, said));
  }

  private void round(long slot, int replicas) {
    for (int to = 1; to <= replicas; to++) {
      says(1, to, accept(slot));
    }
    for (int from = 1; from <= replicas; from++) {
      write(from, new Fact.Synced("acceptor", 80));
      says(from, 1, accepted(slot));
    }
    write(1, new Fact.Happened("learner", "SlotChosen", "7.1", slot, "slot " + slot));
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(UTF_8)));
  }

  /** Paths that are messages, of the kind; the legend's samples are in no group of a message. */
  private static List<Element> arrows(Document svg, String kind) {
    List<Element> found = new ArrayList<>();
    NodeList paths = svg.getElementsByTagName("path");
    for (int i = 0; i < paths.getLength(); i++) {
      Element path = (Element) paths.item(i);
      Element parent = (Element) path.getParentNode();
      boolean message = parent.getAttribute("class").equals("m");
      if (message && List.of(path.getAttribute("class").split(" ", 0)).contains(kind)) {
        found.add(path);
      }
    }
    return found;
  }

  private static double[] ends(Element arrow) {
    String[] numbers = arrow.getAttribute("d").replaceAll("[ML]", " ").trim().split(" +", 0);
    return java.util.Arrays.stream(numbers).mapToDouble(Double::parseDouble).toArray();
  }

  @Test
  void eachMessageThatArrivesIsOneArrowAndNoneRunsUpward() throws Exception {
    round(1, 3);
    says(2, 1, new Said("rejected", "acceptor", "proposer", "7.1", 0, "too low"));

    Document svg = parsed(Diagram.svg(entries, ALL));

    assertEquals(3, arrows(svg, "k-accept").size());
    assertEquals(3, arrows(svg, "k-accepted").size());
    assertEquals(1, arrows(svg, "k-rejected").size());
    for (Element arrow : arrows(svg, "k")) {
      double[] ends = ends(arrow);
      assertTrue(ends[3] > ends[1], arrow.getAttribute("d"));
    }
  }

  @Test
  void anArrowBeginsAndEndsInTheLanesOfItsReplicas() throws Exception {
    says(1, 3, accept(1));
    write(2, new Fact.Synced("acceptor", 1));

    Document svg = parsed(Diagram.svg(entries, ALL));

    Lanes lanes = Lanes.of(entries);
    double[] ends = ends(arrows(svg, "k-accept").get(0));
    assertEquals(lanes.x(1, "proposer"), ends[0], 0.1);
    assertEquals(lanes.x(3, "acceptor"), ends[2], 0.1);
  }

  @Test
  void clocksThatAreAnHourApartTurnNoArrowRound() throws Exception {
    long hour = 3_600_000_000L;
    entries.add(new Entry(1, 1, hour, new Fact.Sent("a", 2, accept(1))));
    entries.add(new Entry(2, 1, 5, new Fact.Received("a", 1, accept(1))));
    entries.add(new Entry(2, 2, 6, new Fact.Sent("b", 1, accepted(1))));
    entries.add(new Entry(1, 2, hour + 9, new Fact.Received("b", 2, accepted(1))));

    Document svg = parsed(Diagram.svg(entries, ALL));

    assertEquals(2, arrows(svg, "k").size());
    for (Element arrow : arrows(svg, "k")) {
      assertTrue(ends(arrow)[3] > ends(arrow)[1]);
    }
  }

  @Test
  void whatIsLostEndsInACross() throws Exception {
    write(1, new Fact.Sent("x", 2, accept(1)));
    write(1, new Fact.Lost("x", 2, accept(1)));

    Document svg = parsed(Diagram.svg(entries, ALL));

    assertEquals(1, arrows(svg, "lost").size());
    assertEquals(1, arrows(svg, "cross").size());
  }

  @Test
  void whatCameToAFullMailboxReachesTheLaneAndSaysSo() throws Exception {
    write(1, new Fact.Sent("x", 2, accept(1)));
    write(2, new Fact.Dropped("x", 1, accept(1)));

    String text = Diagram.svg(entries, ALL);

    Document svg = parsed(text);
    double[] ends = ends(arrows(svg, "dropped").get(0));
    assertEquals(Lanes.of(entries).x(2, "acceptor"), ends[2], 0.1);
    assertTrue(ends[3] > ends[1]);
    assertEquals(1, arrows(svg, "full").size());
    assertEquals(0, arrows(svg, "open").size());
    assertTrue(text.contains(": the mailbox was full</title>"), text);
    assertTrue(text.contains("dropped: the mailbox was full</text>"), text);
  }

  @Test
  void whatWasSentBeforeTheTraceBeganAndDroppedIsDrawnToo() throws Exception {
    write(2, new Fact.Dropped("x", 1, accept(1)));

    Document svg = parsed(Diagram.svg(entries, ALL));

    assertEquals(1, arrows(svg, "dropped").size());
    assertEquals(1, arrows(svg, "full").size());
  }

  @Test
  void nothingDroppedNeedsNoWordsInTheLegend() {
    round(1, 3);

    assertFalse(Diagram.svg(entries, ALL).contains("mailbox"));
  }

  @Test
  void whatIsSaidAgainOrComesTwiceIsToldApart() throws Exception {
    says(1, 2, accept(1));
    says(1, 2, accept(1));
    write(2, new Fact.Received("m1", 1, accept(1)));

    Document svg = parsed(Diagram.svg(entries, ALL));

    assertEquals(3, arrows(svg, "k-accept").size());
    assertEquals(1, arrows(svg, "again").size());
    assertEquals(1, arrows(svg, "twice").size());
  }

  @Test
  void roundsThatLookAlikeAreDrawnOnceAndCounted() throws Exception {
    for (long slot = 1; slot <= 38; slot++) {
      round(slot, 3);
    }

    String text = Diagram.svg(entries, ALL);

    assertEquals(3, arrows(parsed(text), "k-accept").size());
    assertTrue(text.contains("37 more rounds like it: slots 2\u201338, 222 messages"), text);
  }

  @Test
  void aRoundInWhichSomethingElseHappensIsNotFoldedAway() throws Exception {
    for (long slot = 1; slot <= 20; slot++) {
      round(slot, 3);
      if (slot == 10) {
        write(2, new Fact.Happened("acceptor", "RoleCrashed", "", 0, "crashed"));
      }
    }

    String text = Diagram.svg(entries, ALL);

    assertTrue(text.contains("9 more rounds like it: slots 2\u201310, 54 messages"), text);
    assertTrue(text.contains("9 more rounds like it: slots 12\u201320, 54 messages"), text);
    assertTrue(text.contains("acceptor crashes"), text);
  }

  @Test
  void roundsThatADeadReplicaMissesAreFoldedToo() throws Exception {
    for (long slot = 1; slot <= 10; slot++) {
      round(slot, 3);
      String id = "m" + ids++;
      write(1, new Fact.Sent(id, 4, accept(slot)));
      write(1, new Fact.Lost(id, 4, accept(slot)));
    }

    String text = Diagram.svg(entries, ALL);

    assertTrue(text.contains("9 more rounds like it: slots 2\u201310, 63 messages"), text);
    assertEquals(1, arrows(parsed(text), "lost").size());
  }

  @Test
  void oneSlotIsDrawnAlone() throws Exception {
    for (long slot = 1; slot <= 20; slot++) {
      round(slot, 3);
    }

    var options = new Diagram.Options("one", OptionalLong.of(7), false);
    String text = Diagram.svg(entries, options);

    assertEquals(6, arrows(parsed(text), "k").size());
    assertTrue(text.contains("s7 chosen"));
    assertFalse(text.contains("s8"));
  }

  @Test
  void theSubmitsThatLedToTheSlotAreDrawnWithItAndNoOthers() throws Exception {
    List<CommandRange> commands = List.of(new CommandRange(2, 5, 5));
    says(2, 1, new Said("submit", "gateway", "proposer", "", 0, "this").asking(commands));
    says(3, 1, new Said("submit", "gateway", "proposer", "", 0, "another"));
    says(1, 2, accept(7).asking(commands));

    var options = new Diagram.Options("one", OptionalLong.of(7), false);
    String text = Diagram.svg(entries, options);

    assertEquals(1, arrows(parsed(text), "k-submit").size());
    assertTrue(text.contains("this"), text);
    assertFalse(text.contains("another;"), text);
  }

  @Test
  void anElectionIsDrawnWithoutTheRoundsBehindIt() throws Exception {
    says(2, 3, new Said("token", "elector", "elector", "", 0, "token 1 of 2"));
    for (long slot = 1; slot <= 20; slot++) {
      round(slot, 3);
    }

    Document svg =
        parsed(Diagram.svg(entries, new Diagram.Options("e", OptionalLong.empty(), true)));

    assertEquals(1, arrows(svg, "k-token").size());
    assertEquals(3, arrows(svg, "k-accept").size());
  }

  @Test
  void chatterIsCountedAndNotDrawn() throws Exception {
    round(1, 3);
    says(1, 2, new Said("ping", "elector", "elector", "", 0, "do you hear me?"));

    String text = Diagram.svg(entries, ALL);

    assertTrue(text.contains("Not drawn: 1 ping."), text);
    assertEquals(6, arrows(parsed(text), "k").size());
  }

  @Test
  void fiveThousandMessagesOfNoPatternStayInBounds() throws Exception {
    for (int i = 0; i < 5_000; i++) {
      says(1 + i % 5, 1 + (i * 7 + i / 11) % 5, accept(1 + i * 31L % 4_001));
    }

    String text = Diagram.svg(entries, ALL);

    double height = Double.parseDouble(parsed(text).getDocumentElement().getAttribute("height"));
    assertEquals(5_000, arrows(parsed(text), "k-accept").size());
    assertTrue(text.length() < 2_500_000, () -> text.length() + " characters");
    assertTrue(height < 150_000, () -> height + " high");
  }

  @Test
  void nothingRecordedIsAPictureToo() throws Exception {
    parsed(Diagram.svg(List.of(), ALL));
  }
}
