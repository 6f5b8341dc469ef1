package synod.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import synod.paxos.ReplicaId;

/** A person cuts links of five replicas, at both ends, and heals them. */
final class CutTest {

  @Test
  void aLeaderThatIsCutOffFromAMajorityLeadsNoMoreAndFollowsOnceItIsHealed() {
    try (TestCluster cluster = TestCluster.ofFive()) {
      int leader = cluster.awaitLeader();
      List<Integer> others =
          IntStream.rangeClosed(1, 5).filter(id -> id != leader).boxed().toList();
      cluster.put(leader, "a", "1");

      for (int other : others) {
        cluster.replica(leader).cut(new ReplicaId(other));
      }
      int next = cluster.awaitLeader(others);
      cluster.put(next, "a", "2");

      assertEquals(4, cluster.replica(leader).status().cut().size());
      assertEquals(1, cluster.replica(leader).status().commands());

      cluster.replica(leader).healAll();
      cluster.awaitLeader();
      cluster.awaitEqualStores();
      assertEquals(List.of(), cluster.replica(leader).status().cut());
    }
  }

  @Test
  void whatIsHealedIsNotCutAnyMore() {
    Cuts cuts = new Cuts();

    cuts.cut(new ReplicaId(3));
    cuts.cut(new ReplicaId(2));
    cuts.heal(new ReplicaId(3));

    assertEquals(List.of(new ReplicaId(2)), cuts.peers());
    assertEquals(
        List.of(true, false), List.of(cuts.has(new ReplicaId(2)), cuts.has(new ReplicaId(3))));
  }
}
