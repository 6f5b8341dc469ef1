package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuorumsTest {
  /** Every set of replicas against every other: sizes tell exactly whether all quorums meet. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7})
  void sizesMeetExactlyWhenAllTheirSetsDo(int replicas) {
    for (int phase1 = 1; phase1 <= replicas; phase1++) {
      for (int phase2 = 1; phase2 <= replicas; phase2++) {
        Quorums quorums = new Quorums(phase1, phase2);

        assertEquals(allMeet(quorums, replicas), quorums.meet(replicas), quorums::toString);
      }
    }
  }

  private static boolean allMeet(Quorums quorums, int replicas) {
    List<Integer> ones = masks(replicas).filter(m -> quorums.isPhase1(set(m))).boxed().toList();
    List<Integer> twos = masks(replicas).filter(m -> quorums.isPhase2(set(m))).boxed().toList();
    return ones.stream().allMatch(one -> twos.stream().allMatch(two -> (one & two) != 0));
  }

  private static IntStream masks(int replicas) {
    return IntStream.range(0, 1 << replicas);
  }

  private static Set<ReplicaId> set(int mask) {
    Set<ReplicaId> set = new TreeSet<>();
    IntStream.range(0, 7)
        .filter(bit -> (mask & (1 << bit)) != 0)
        .forEach(bit -> set.add(new ReplicaId(bit + 1)));
    return set;
  }

  @Test
  void majoritiesMeetAndAreAsSmallAsTheyCanBe() {
    assertEquals(new Quorums(2, 2), Quorums.majority(3));
    assertEquals(new Quorums(3, 3), Quorums.majority(5));
    assertEquals(new Quorums(4, 4), Quorums.majority(7));
    assertEquals(new Quorums(3, 3), Quorums.majority(4));
  }

  @Test
  void aQuorumLargerThanTheReplicasMeetsNothing() {
    assertEquals(false, new Quorums(4, 3).meet(3));
    assertEquals(false, new Quorums(3, 4).meet(3));
    assertThrows(Invariant.Violation.class, () -> new Quorums(0, 3));
  }
}
