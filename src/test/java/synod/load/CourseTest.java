package synod.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the clients are answered at given times, and what is told of it. */
final class CourseTest {
  private static final long BEGAN = ms(5000);
  private static final long INTERVAL = ms(100);

  private final Tally tally = new Tally();
  private final Course course = new Course(tally, INTERVAL, BEGAN);

  CourseTest() {
    tally.begin(BEGAN);
  }

  private static long ms(long ms) {
    return TimeUnit.MILLISECONDS.toNanos(ms);
  }

  /** Of a request that took that long. */
  private void done(long atMs, long tookMs) {
    tally.done(BEGAN + ms(atMs - tookMs), BEGAN + ms(atMs));
  }

  private void cut(long atMs) {
    course.cut(BEGAN + ms(atMs));
  }

  private static void assertMs(double expected, double ms) {
    assertEquals(expected, ms, expected / 500);
  }

  @Test
  void eachIntervalHasItsOwnCountsAndPercentiles() {
    for (int i = 1; i <= 100; i++) {
      done(i, i);
    }
    cut(100);
    done(150, 7);
    tally.refused("BUSY");
    tally.unknown("gone");
    tally.unknown("gone");
    cut(200);

    List<Span> spans = course.spans();

    assertEquals(2, spans.size());
    assertEquals(new Span.Counts(100, 0, 0), spans.get(0).counts());
    assertMs(50, spans.get(0).latency().p50());
    assertMs(99, spans.get(0).latency().p99());
    assertMs(100, spans.get(0).latency().max());
    assertEquals(1000, spans.get(0).rate());
    assertEquals(new Span.Counts(1, 1, 2), spans.get(1).counts());
    assertMs(7, spans.get(1).latency().p99());
    assertEquals(10, spans.get(1).rate());
  }

  @Test
  void theWholeIsTheSumOfAllIntervals() {
    for (int i = 1; i <= 10; i++) {
      done(100L * i - 50, i);
      tally.refused("BUSY");
      cut(100L * i);
    }

    Span whole = course.whole();

    assertEquals(new Span.Counts(10, 10, 0), whole.counts());
    assertEquals(10, whole.counts().errors());
    assertEquals(10, whole.rate());
    assertMs(5, whole.latency().p50());
    assertMs(10, whole.latency().p999());
  }

  @Test
  void anIntervalWithoutAnswersIsSilent() {
    cut(100);
    done(150, 1);
    cut(200);

    assertTrue(course.spans().get(0).isSilent());
    assertFalse(course.spans().get(1).isSilent());
    assertEquals(0, course.spans().get(0).latency().p99());
  }

  @Test
  void aCutThatCameLateIsFollowedByOneInStep() {
    assertEquals(BEGAN + ms(100), course.nextNs());
    cut(103);
    assertEquals(BEGAN + ms(200), course.nextNs());
    cut(340);
    assertEquals(BEGAN + ms(400), course.nextNs());
    cut(470);
    assertEquals(BEGAN + ms(600), course.nextNs());
  }

  @Test
  void aLastPieceThatIsTooShortCountsInTheWholeOnly() {
    cut(100);
    done(104, 1);
    cut(105);

    assertEquals(1, course.spans().size());
    assertEquals(1, course.whole().counts().done());
    assertEquals(BEGAN + ms(105), course.whole().toNs());
  }

  @Test
  void tellsOnceASecondHowItGoes() {
    for (int i = 1; i <= 25; i++) {
      done(100L * i - 50, i);
      cut(100L * i);

      boolean whole = i % 10 == 0;
      assertEquals(whole, course.progress().filter(p -> isOfTen(p)).isPresent());
    }
  }

  private static boolean isOfTen(Progress progress) {
    return progress.last().counts().done() == 10 && progress.last().rate() == 10;
  }

  @Test
  void progressIsOfTheLastSecondAndOfAll() {
    done(50, 900);
    cut(1000);
    assertTrue(course.progress().isPresent());
    done(1500, 3);
    cut(2000);

    Progress progress = course.progress().orElseThrow();

    assertMs(3, progress.last().latency().p99());
    assertEquals(2, progress.whole().counts().done());
    assertEquals(2, progress.seconds());
  }

  @Test
  void theLongestSilenceIsFoundWhereverItIs() {
    assertEquals(new Pause(BEGAN, ms(700)), tally.silence(BEGAN + ms(700)));
    done(710, 1);
    done(1500, 1);
    assertEquals(new Pause(BEGAN + ms(710), ms(790)), tally.silence(BEGAN + ms(1600)));
    assertEquals(new Pause(BEGAN + ms(1600), ms(800)), tally.silence(BEGAN + ms(2400)));
  }

  @Test
  void anAnswerThatIsToldLateMakesNoSilence() {
    done(500, 1);
    done(100, 1);
    done(600, 1);

    assertEquals(new Pause(BEGAN, ms(500)), tally.silence(BEGAN + ms(650)));
  }

  @Test
  void theFirstWordsOfARefusalAndOfADoubtAreKept() {
    tally.refused("BUSY first");
    tally.refused("BUSY second");
    tally.unknown("first");
    tally.unknown("second");

    assertEquals("BUSY first", tally.refusal());
    assertEquals("first", tally.doubt());
  }
}
