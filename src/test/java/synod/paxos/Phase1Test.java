package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Phase1Test {
  private static final Ballot BALLOT = new Ballot(9, new ReplicaId(1));
  private static final ReplicaId A = new ReplicaId(1);
  private static final ReplicaId B = new ReplicaId(2);
  private static final ReplicaId C = new ReplicaId(3);

  private final Phase1 phase1 = new Phase1(BALLOT, 5, Quorums.majority(3));

  /** {@code 7=x@3.2} */
  private static Acceptance acceptance(String text) {
    String[] parts = text.split("[=@.]", 4);
    return new Acceptance(
        Long.parseLong(parts[0]),
        new Ballot(Long.parseLong(parts[2]), new ReplicaId(Integer.parseInt(parts[3]))),
        new Batch(0, Bytes.utf8(parts[1])));
  }

  private static Message.Promise page(long from, long next, String... accepted) {
    List<Acceptance> all = Arrays.stream(accepted).map(Phase1Test::acceptance).toList();
    return new Message.Promise(BALLOT, from, all, next);
  }

  private String adopted(long slot) {
    return phase1.adopted(slot).map(batch -> batch.commands().utf8()).orElse("");
  }

  @ParameterizedTest(name = "{0} and {1}: {2} is adopted")
  @CsvSource({
    "5=x@3.1, 5=y@4.1, y",
    "5=x@4.1, 5=y@3.1, x",
    "5=x@3.1, 5=y@3.2, y",
    "5=x@3.2, 5=y@3.1, x",
    "5=x@3.1, 5=x@3.1, x",
  })
  void theHighestBallotIsAdoptedWhoeverReportsItFirst(String one, String other, String adopted) {
    phase1.add(A, page(5, 0, one));
    phase1.add(B, page(5, 0, other));

    assertTrue(phase1.complete());
    assertEquals(adopted, adopted(5));
  }

  @Test
  void aSlotBelowTheHighestReportedThatNobodyReportsIsAGap() {
    phase1.add(A, page(5, 0, "5=x@3.1"));
    phase1.add(B, page(5, 0, "8=y@4.1"));

    assertEquals(8, phase1.last());
    assertEquals(2, phase1.adoptions());
    assertEquals(2, phase1.gaps());
    assertEquals(Optional.empty(), phase1.adopted(6));
  }

  @Test
  void nothingReportedIsNothingToDo() {
    phase1.add(A, page(5, 0));
    phase1.add(B, page(5, 0));

    assertEquals(5, phase1.first());
    assertEquals(4, phase1.last());
    assertEquals(0, phase1.gaps());
  }

  @Test
  void aDoubledPromiseCountsOnce() {
    assertTrue(phase1.add(A, page(5, 0)));
    assertFalse(phase1.add(A, page(5, 0)));

    assertFalse(phase1.complete());
    phase1.add(C, page(5, 0));
    assertTrue(phase1.complete());
  }

  @Test
  void pagesAreTakenInOrderAndTheLastOneCounts() {
    phase1.add(A, page(5, 0));
    assertFalse(phase1.add(B, page(7, 0, "7=y@1.1")), "a page too early");
    assertTrue(phase1.add(B, page(5, 7, "6=x@1.1")));
    assertEquals(OptionalLong.of(7), phase1.missingPage(B));
    assertFalse(phase1.complete());

    assertTrue(phase1.add(B, page(7, 0, "7=y@1.1")));

    assertTrue(phase1.complete());
    assertEquals(OptionalLong.empty(), phase1.missingPage(B));
    assertEquals("x", adopted(6));
    assertEquals("y", adopted(7));
  }

  @Test
  void aPromiseOfAnotherBallotIsNothing() {
    Message.Promise stale = new Message.Promise(new Ballot(8, A), 5, List.of(), 0);

    assertFalse(phase1.add(A, stale));
  }

  @Test
  void nobodyHasAcceptedAtThisBallotBeforeItProposes() {
    assertThrows(Invariant.Violation.class, () -> phase1.add(A, page(5, 0, "5=x@9.1")));
  }

  @Test
  void aFlexibleQuorumMayNeedAll() {
    Phase1 all = new Phase1(BALLOT, 1, new Quorums(3, 1));
    all.add(A, page(1, 0));
    all.add(B, page(1, 0));
    assertFalse(all.complete());

    all.add(C, page(1, 0));

    assertTrue(all.complete());
  }
}
