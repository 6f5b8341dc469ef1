package synod.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldsTest {
  private static final String BALLOT = "7.1";

  private final List<Entry> shown = new ArrayList<>();
  private int ids;

  private void write(int replica, Fact fact) {
    shown.add(new Entry(replica, shown.size(), shown.size(), fact));
  }

  private static Said said(String kind, String ballot, long slot) {
    return new Said(kind, "proposer", "acceptor", ballot, slot, kind);
  }

  private void says(int from, int to, Said said) {
    String id = "m" + ids++;
    write(from, new Fact.Sent(id, to, said));
    write(to, new Fact.Received(id, from, said));
  }

  private void happens(int replica, String name, long slot) {
    write(replica, new Fact.Happened("learner", name, BALLOT, slot, name));
  }

  /** Replica 1 asks 2 and another, which answer in this order: 11 entries. */
  private void round(long slot, String ballot, int... answering) {
    for (int acceptor : answering) {
      says(1, acceptor, said("accept", ballot, slot));
    }
    for (int acceptor : answering) {
      write(acceptor, new Fact.Synced("acceptor", 80));
      says(acceptor, 1, said("accepted", ballot, slot));
    }
    happens(1, "SlotChosen", slot);
  }

  private void rounds(long from, long to) {
    for (long slot = from; slot <= to; slot++) {
      round(slot, BALLOT, 2, 3);
    }
  }

  private List<Folds.Fold> found() {
    Folds folds = Folds.of(shown);
    return IntStream.range(0, shown.size())
        .mapToObj(folds::behind)
        .flatMap(Optional::stream)
        .toList();
  }

  private List<Entry> left() {
    Folds folds = Folds.of(shown);
    return IntStream.range(0, shown.size())
        .filter(place -> !folds.leaveOut(place))
        .mapToObj(shown::get)
        .toList();
  }

  @Test
  void ofARunOnlyTheFirstRoundIsLeftWithTheOthersCountedBehindIt() {
    rounds(12, 20);

    assertEquals(List.of(new Folds.Fold(13, 20, 32)), found());
    assertEquals(new Folds.Fold(13, 20, 32), Folds.of(shown).behind(10).orElseThrow());
    assertEquals(shown.subList(0, 11), left());
  }

  @Test
  void fewerThanThreeMoreAreNotFolded() {
    rounds(1, 3);

    assertEquals(List.of(), found());

    round(4, BALLOT, 2, 3);
    assertEquals(List.of(new Folds.Fold(2, 4, 12)), found());
  }

  @Test
  void inWhichOrderTheAnswersComeMakesNoDifference() {
    for (long slot = 1; slot <= 8; slot += 2) {
      round(slot, BALLOT, 2, 3);
      round(slot + 1, BALLOT, 3, 2);
    }

    assertEquals(List.of(new Folds.Fold(2, 8, 28)), found());
  }

  @Test
  void whoAnswersAndAtWhichBallotDoes() {
    rounds(1, 4);
    round(5, BALLOT, 2, 4);
    rounds(6, 9);
    round(10, "8.1", 2, 3);

    assertEquals(List.of(new Folds.Fold(2, 4, 12), new Folds.Fold(7, 9, 12)), found());
  }

  @Test
  void aRoundThatEndedOtherwiseIsNotLikeTheOthers() {
    rounds(1, 4);
    shown.remove(shown.size() - 1);

    assertEquals(List.of(), found());
  }

  @Test
  void slotsThatAreNotInARowAreNoRun() {
    rounds(1, 3);
    rounds(5, 7);

    assertEquals(List.of(), found());
  }

  @Test
  void whateverElseHappensEndsARunAndIsLeft() {
    rounds(1, 4);
    happens(3, "RoleCrashed", 0);
    rounds(5, 8);
    says(2, 3, said("busy", BALLOT, 0));
    rounds(9, 12);

    assertEquals(List.of(2L, 6L, 10L), found().stream().map(Folds.Fold::from).toList());
    assertEquals(3 * 11 + 3, left().size());
  }

  @Test
  void whatGoesOnBesideTheRoundsIsLeftOutIfBothItsEndsAre() {
    rounds(1, 2);
    says(3, 1, said("submit", "", 0));
    write(3, new Fact.Sent("lone", 1, said("submit", "", 0)));
    happens(2, "Applied", 1);
    rounds(3, 6);

    assertEquals(List.of(new Folds.Fold(2, 6, 21)), found());
    assertEquals(11 + 2, left().size());
  }

  @Test
  void whatADeadReplicaMissesInEachRoundIsPartOfIt() {
    for (long slot = 1; slot <= 10; slot++) {
      int dead = slot <= 5 ? 4 : 5;
      round(slot, BALLOT, 2, 3);
      write(1, new Fact.Sent("x" + slot, dead, said("accept", BALLOT, slot)));
      write(1, new Fact.Lost("x" + slot, dead, said("accept", BALLOT, slot)));
    }

    assertEquals(List.of(new Folds.Fold(2, 5, 20), new Folds.Fold(7, 10, 20)), found());
  }

  @Test
  void whatAFullMailboxDropsInEachRoundIsPartOfIt() {
    for (long slot = 1; slot <= 10; slot++) {
      round(slot, BALLOT, 2, 3);
      write(1, new Fact.Sent("x" + slot, 4, said("accept", BALLOT, slot)));
      if (slot > 5) {
        write(4, new Fact.Dropped("x" + slot, 1, said("accept", BALLOT, slot)));
      }
    }

    assertEquals(List.of(new Folds.Fold(2, 5, 20), new Folds.Fold(7, 10, 20)), found());
  }

  @Test
  void aCommandThatAFullMailboxDroppedEndsARunAndIsLeft() {
    rounds(1, 2);
    write(3, new Fact.Sent("x", 1, said("submit", "", 0)));
    write(1, new Fact.Dropped("x", 3, said("submit", "", 0)));
    rounds(3, 4);

    assertEquals(List.of(), found());
  }

  /** As where several slots are open at once, and the first of them is answered last. */
  @Test
  void roundsThatOverlapAreFoldedAndToldOf() {
    for (long slot = 1; slot <= 5; slot++) {
      says(1, 2, said("accept", BALLOT, slot));
    }
    for (long slot = 5; slot >= 1; slot--) {
      says(2, 1, said("accepted", BALLOT, slot));
    }

    assertEquals(List.of(new Folds.Fold(2, 5, 8)), found());
    assertEquals(4, left().size());
  }

  @Test
  void aRoundThatStandsBeforeThatOfTheSlotBeforeItDoesNoHarm() {
    for (long slot = 5; slot >= 1; slot--) {
      round(slot, BALLOT, 2, 3);
    }

    assertEquals(List.of(new Folds.Fold(2, 5, 16)), found());
  }

  @Test
  void norDoesItHideWhatHappensBetweenTheTwo() {
    for (long slot = 5; slot >= 1; slot--) {
      round(slot, BALLOT, 2, 3);
      if (slot == 3) {
        happens(3, "RoleCrashed", 0);
      }
    }

    assertEquals(List.of(), found());
  }
}
