package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LineageTest {
  private static Life life(long incarnation) {
    return new Life(11, incarnation);
  }

  private static List<Long> followed(Lineage lineage, int directory) {
    return LongStream.rangeClosed(1, 12)
        .filter(incarnation -> lineage.follows(new Life(directory, incarnation)))
        .boxed()
        .toList();
  }

  @Test
  void aFirstLifeFollowsItself() {
    Lineage first = Lineage.of(life(5));

    assertEquals(List.of(5L), followed(first, 11));
    assertEquals(List.of(), followed(first, 12));
  }

  @Test
  void followsItselfThoseItTellsAndAllBeforeThem() {
    Lineage lineage = new Lineage(List.of(4L, 6L, 7L), life(9));

    assertEquals(List.of(1L, 2L, 3L, 4L, 6L, 7L, 9L), followed(lineage, 11));
    assertEquals(List.of(), followed(lineage, 12));
  }

  @Test
  void tellsTheLivesSinceTheLastThatVoted() {
    Lineage born = Lineage.of(life(3));
    Lineage second = born.next(5, false);
    Lineage third = second.next(8, true);
    Lineage fourth = third.next(9, false);
    Lineage fifth = fourth.next(10, true);

    assertEquals(new Lineage(List.of(3L), life(5)), second);
    assertEquals(new Lineage(List.of(5L), life(8)), third);
    assertEquals(new Lineage(List.of(5L, 8L), life(9)), fourth);
    assertEquals(new Lineage(List.of(9L), life(10)), fifth);
  }

  /** Of a copy that was put back: what the others have met began on the same life as it did. */
  @Test
  void anOldCopyFollowsNoLifeOfTheOtherHowEverOftenItStarts() {
    Lineage stopped = new Lineage(List.of(4L), life(6));
    Lineage met = stopped.next(8, true);
    Lineage old = stopped.next(9, true);

    for (long incarnation = 10; incarnation < 20; incarnation++) {
      assertFalse(old.follows(met.life()), old::toString);
      assertTrue(old.follows(stopped.life()), old::toString);
      assertTrue(old.follows(life(3)), old::toString);
      old = old.next(incarnation, false);
    }
  }

  /** What is forgotten must not pass for one of the directory's own, and what is older must. */
  @Test
  void ofTooManyThatDidNotVoteTheOldestAreDroppedButForTheFirst() {
    Lineage lineage = Lineage.of(life(100)).next(200, true);
    long last = 200 + Lineage.MOST + 10;
    for (long incarnation = 201; incarnation <= last; incarnation++) {
      lineage = lineage.next(incarnation, false);
    }

    assertEquals(Lineage.MOST, lineage.earlier().size());
    assertEquals(List.of(100L, 211L), lineage.earlier().subList(0, 2));
    assertTrue(lineage.follows(life(99)));
    assertTrue(lineage.follows(life(100)));
    assertFalse(lineage.follows(life(150)));
    assertFalse(lineage.follows(life(200)));
    assertFalse(lineage.follows(life(210)));
    assertTrue(lineage.follows(life(211)));
    assertTrue(lineage.follows(life(last)));
  }

  @Test
  void incarnationsRise() {
    assertThrows(Invariant.Violation.class, () -> new Lineage(List.of(4L, 4L), life(9)));
    assertThrows(Invariant.Violation.class, () -> new Lineage(List.of(5L, 4L), life(9)));
    assertThrows(Invariant.Violation.class, () -> new Lineage(List.of(0L, 4L), life(9)));
    assertThrows(Invariant.Violation.class, () -> new Lineage(List.of(4L, 9L), life(9)));
    assertThrows(Invariant.Violation.class, () -> Lineage.of(life(9)).next(9, true));
  }
}
