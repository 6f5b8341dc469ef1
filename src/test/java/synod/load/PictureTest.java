package synod.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class PictureTest {
  private static final Plan PLAN = new Plan(Kind.PUT, 64, 1, 100);
  private static final long BEGAN = ms(777);
  private static final int INTERVALS = 10;

  private static long ms(long ms) {
    return TimeUnit.MILLISECONDS.toNanos(ms);
  }

  /** Two of the ten intervals are silent, and in one something is refused. */
  private static Result result() {
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < INTERVALS; i++) {
      boolean silent = i == 4 || i == 5;
      spans.add(span(i, silent ? 0 : 100 + i, i == 6 ? 3 : 0));
    }
    Span whole = new Span(BEGAN, BEGAN + ms(1000), new Span.Counts(840, 3, 0), latency(2));
    return new Result(
        PLAN, Instant.EPOCH, whole, spans, new Pause(BEGAN + ms(395), ms(212)), "BUSY", "");
  }

  private static Span span(int at, long done, long refused) {
    long from = BEGAN + ms(100L * at);
    return new Span(from, from + ms(100), new Span.Counts(done, refused, 0), latency(at + 1));
  }

  private static Span.Latency latency(double p50) {
    return new Span.Latency(p50, 10 * p50, 11 * p50, 12 * p50);
  }

  private static Document drawn(Mark... marks) {
    String svg = Picture.of(result(), List.of(marks));
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    } catch (Exception e) {
      throw new AssertionError(svg, e);
    }
  }

  private static List<Element> all(Document picture, String name, String kind) {
    NodeList nodes = picture.getElementsByTagNameNS("http://www.w3.org/2000/svg", name);
    return Stream.iterate(0, i -> i < nodes.getLength(), i -> i + 1)
        .map(i -> (Element) nodes.item(i))
        .filter(element -> element.getAttribute("class").equals(kind))
        .toList();
  }

  private static List<String> texts(Document picture, String kind) {
    return all(picture, "text", kind).stream().map(Element::getTextContent).toList();
  }

  private static int points(Document picture, String kind) {
    List<Element> curves = all(picture, "polyline", kind);
    assertEquals(1, curves.size(), kind);
    return curves.get(0).getAttribute("points").split(" ").length;
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  @Test
  void eachSeriesIsOneCurve() {
    Document picture = drawn();

    assertEquals(INTERVALS, points(picture, "rate"));
    assertEquals(INTERVALS - 2, points(picture, "p50"));
    assertEquals(INTERVALS - 2, points(picture, "p99"));
  }

  @Test
  void axesHaveTitlesWithUnitsAndTheTitleHasTheParameters() {
    Document picture = drawn();

    assertEquals(List.of(PLAN.toString()), texts(picture, "title"));
    assertTrue(texts(picture, "middle").contains("ops/s in each 100 ms"));
    assertTrue(texts(picture, "middle").contains("latency in ms"));
    assertTrue(texts(picture, "end").contains("seconds since the start"));
    assertTrue(texts(picture, "end").containsAll(List.of("0", "500", "1,000", "1", "10", "100")));
    assertTrue(texts(picture, "label").get(0).startsWith("840 done, 840 ops/s, p50 2.00 ms"));
  }

  @Test
  void aMarkStandsWhereItHappened() {
    Document picture =
        drawn(new Mark(BEGAN + ms(500), "leader 3"), new Mark(BEGAN + ms(400), "replica 1 ended"));

    List<Element> lines = all(picture, "line", "mark");

    assertEquals(2, lines.size());
    Element frame = all(picture, "rect", "frame").get(0);
    double left = number(frame, "x");
    double width = number(frame, "width");
    assertEquals(left + 0.4 * width, number(lines.get(0), "x1"), 0.1);
    assertEquals(left + 0.5 * width, number(lines.get(1), "x1"), 0.1);
    assertTrue(texts(picture, "label").containsAll(List.of("leader 3", "replica 1 ended")));
  }

  @Test
  void labelsDoNotCoverEachOther() {
    List<Mark> marks = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      marks.add(new Mark(BEGAN + ms(25L * i), "elector of " + i + " crashed"));
    }
    Document picture = drawn(marks.toArray(Mark[]::new));

    List<Element> grounds = all(picture, "rect", "ground");

    assertEquals(marks.size(), all(picture, "line", "mark").size());
    assertTrue(grounds.size() >= 10 && grounds.size() < marks.size(), grounds.size() + " labels");
    for (Element one : grounds) {
      assertTrue(number(one, "x") + number(one, "width") <= 960);
      assertEquals(List.of(one), grounds.stream().filter(other -> overlap(one, other)).toList());
    }
  }

  private static boolean overlap(Element one, Element other) {
    return overlap(one, other, "x", "width") && overlap(one, other, "y", "height");
  }

  private static boolean overlap(Element one, Element other, String from, String length) {
    return number(one, from) < number(other, from) + number(other, length)
        && number(other, from) < number(one, from) + number(one, length);
  }

  @Test
  void whatMeansSomethingInXmlIsEscaped() {
    String label = "<b> & \"c\" 'd' ]]> \u0001 \u00e9";

    Document picture = drawn(new Mark(BEGAN, label));

    assertTrue(texts(picture, "label").contains(label.replace('\u0001', '?')));
  }

  @Test
  void silenceIsShadedInBothPanelsAndErrorsAreCrossed() {
    Document picture = drawn();

    List<Element> shades =
        all(picture, "rect", "silent").stream().filter(e -> number(e, "height") > 20).toList();
    assertEquals(2, shades.size());
    double width = number(all(picture, "rect", "frame").get(0), "width");
    assertEquals(0.2 * width, number(shades.get(0), "width"), 0.2);
    assertEquals(2, texts(picture, "cross").size());
    assertTrue(texts(picture, "label").contains("refused or unknown"));
  }

  @Test
  void aRunInWhichNothingWasDoneHasAPictureToo() {
    Span nothing = new Span(BEGAN, BEGAN + ms(100), new Span.Counts(0, 0, 0), latency(0));
    Result result =
        new Result(
            PLAN, Instant.EPOCH, nothing, List.of(nothing), new Pause(BEGAN, ms(100)), "", "");

    assertTrue(Picture.of(result, List.of()).endsWith("</svg>\n"));
  }
}
