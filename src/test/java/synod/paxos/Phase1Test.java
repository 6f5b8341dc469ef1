package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static synod.paxos.Ear.ballot;
import static synod.paxos.Ear.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Phase1Test {
  private static final Ballot OWN = ballot(9, 1);
  private static final ReplicaId SELF = new ReplicaId(1);
  private static final ReplicaId A = new ReplicaId(2);
  private static final ReplicaId B = new ReplicaId(3);

  private final Phase1 phase1 = new Phase1(OWN, 4, Quorums.majority(5));

  private static Message.Promise page(long from, long next, Acceptance... accepted) {
    return new Message.Promise(OWN, from, List.of(accepted), next, 0, 0);
  }

  private static Acceptance at(long slot, Ballot ballot) {
    return new Acceptance(slot, ballot, batch(ballot + "@" + slot));
  }

  record Reports(Ballot first, Ballot second, Ballot third) {}

  /** Every order of three reports, equal ballots among them. */
  static List<Reports> reports() {
    List<Ballot> ballots = List.of(ballot(2, 3), ballot(3, 1), ballot(3, 2));
    List<Reports> all = new ArrayList<>();
    for (Ballot a : ballots) {
      for (Ballot b : ballots) {
        for (Ballot c : ballots) {
          all.add(new Reports(a, b, c));
        }
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("reports")
  void adoptsTheHighestBallotWhoeverAnswersFirst(Reports reports) {
    phase1.add(SELF, page(4, 0, at(5, reports.first())));
    phase1.add(A, page(4, 0, at(5, reports.second())));
    phase1.add(B, page(4, 0, at(5, reports.third())));

    Ballot highest =
        List.of(reports.first(), reports.second(), reports.third()).stream()
            .max(Ballot::compareTo)
            .orElseThrow();
    assertEquals(Optional.of(batch(highest + "@5")), phase1.adopted(5));
    assertEquals(Optional.empty(), phase1.adopted(4));
    assertEquals(1, phase1.adoptions());
    assertEquals(1, phase1.gaps());
    assertEquals(4, phase1.first());
    assertEquals(5, phase1.last());
  }

  @Test
  void isCompleteWhenAQuorumOfDifferentAcceptorsHasSentItsLastPage() {
    phase1.add(SELF, page(4, 0));
    phase1.add(SELF, page(4, 0));
    phase1.add(A, page(4, 0));
    phase1.add(A, page(4, 0));
    phase1.add(B, page(4, 8, at(7, ballot(1, 1))));
    assertFalse(phase1.complete());

    phase1.add(B, page(8, 0));

    assertTrue(phase1.complete());
  }

  @Test
  void takesPagesInOrderAndEachOnce() {
    assertFalse(phase1.add(A, page(8, 0, at(8, ballot(1, 1)))));
    assertEquals(OptionalLong.of(4), phase1.missingPage(A));
    assertTrue(phase1.add(A, page(4, 8, at(7, ballot(1, 1)))));
    assertEquals(OptionalLong.of(8), phase1.missingPage(A));
    assertFalse(phase1.add(A, page(4, 8, at(7, ballot(2, 1)))));
    assertTrue(phase1.add(A, page(8, 0, at(9, ballot(1, 1)))));
    assertFalse(phase1.add(A, page(8, 0, at(10, ballot(1, 1)))));

    assertEquals(OptionalLong.empty(), phase1.missingPage(A));
    assertEquals(OptionalLong.of(4), phase1.missingPage(B));
    assertEquals(Optional.of(batch("1.1@7")), phase1.adopted(7));
    assertEquals(9, phase1.last());
    assertEquals(4, phase1.gaps());
  }

  @Test
  void takesNoPromiseOfAnotherBallot() {
    assertFalse(phase1.add(A, new Message.Promise(ballot(8, 1), 4, List.of(), 0, 0, 0)));
    assertFalse(phase1.add(A, new Message.Promise(ballot(9, 2), 4, List.of(), 0, 0, 0)));

    assertEquals(OptionalLong.of(4), phase1.missingPage(A));
  }

  @Test
  void nothingReportedLeavesTheFirstSlotToTheOwnNoOp() {
    phase1.add(A, page(4, 0));

    assertEquals(4, phase1.first());
    assertEquals(3, phase1.last());
    assertEquals(0, phase1.gaps());
  }

  /** The own acceptor's word, others' word: lower, equal, higher than where phase 1 began. */
  @Test
  void onlyTheOwnReplicasPrefixIsProposedNoMore() {
    for (long others = 2; others <= 7; others++) {
      for (long own = 2; own <= 7; own++) {
        Phase1 one = new Phase1(OWN, 4, Quorums.majority(3));
        one.add(A, new Message.Promise(OWN, 4, List.of(at(6, ballot(1, 1))), 0, others, 0));
        one.add(SELF, new Message.Promise(OWN, 4, List.of(at(5, ballot(1, 1))), 0, own, 0));

        assertEquals(Math.max(4, own + 1), one.first());
        assertEquals(own < 5, one.adopted(5).isPresent());
        assertEquals(own < 6, one.adopted(6).isPresent());
        assertEquals(Math.max(6, own), one.last());
      }
    }
  }

  @Test
  void aSlotBelowTheFirstIsNotAdoptedEvenIfItsPageComesLater() {
    phase1.add(SELF, new Message.Promise(OWN, 4, List.of(), 0, 6, 0));
    phase1.add(A, page(4, 0, at(6, ballot(1, 1)), at(7, ballot(1, 1))));

    assertEquals(Optional.empty(), phase1.adopted(6));
    assertEquals(Optional.of(batch("1.1@7")), phase1.adopted(7));
    assertEquals(0, phase1.gaps());
  }

  @Test
  void aReportAtTheOwnBallotOrAboveIsABrokenInvariant() {
    assertThrows(Invariant.Violation.class, () -> phase1.add(A, page(4, 0, at(4, OWN))));
    assertThrows(Invariant.Violation.class, () -> phase1.add(B, page(4, 0, at(4, ballot(9, 2)))));
  }
}
