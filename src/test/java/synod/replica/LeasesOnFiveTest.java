package synod.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Five ActorSystems of one JVM, whose leaders read under leases. */
class LeasesOnFiveTest {
  private static final String LEASES = "reads { lease = 300 ms, max-drift = 10 % }";

  @Test
  void readsWithoutARoundFindWhatWasWritten() {
    AtomicInteger leased = new AtomicInteger();
    try (TestCluster cluster = TestCluster.ofFive(LEASES)) {
      Replica.Subscription following = count(leased, cluster, cluster.awaitLeader());

      for (int i = 0; i < 50; i++) {
        cluster.put(1 + i % 5, "a", "value" + i);
        assertEquals(Optional.of("value" + i), cluster.get(1 + (i + 2) % 5, "a"));
      }

      following.close();
      assertTrue(leased.get() > 0);
    }
  }

  /** It was cut off with a lease in hand, and hears of its successor by being rejected. */
  @Test
  void aLeaderThatIsHealedReadsWhatItsSuccessorWrote() {
    try (TestCluster cluster = TestCluster.ofFive(LEASES)) {
      int first = cluster.awaitLeader();
      cluster.put(first, "a", "old");
      assertEquals(Optional.of("old"), cluster.get(first, "a"));
      List<Integer> others = cluster.alive().stream().filter(id -> id != first).toList();

      cluster.split(List.of(first), others);
      cluster.put(cluster.awaitLeader(others), "a", "new");
      cluster.heal();

      assertEquals(Optional.of("new"), cluster.get(first, "a"));
      cluster.awaitEqualStores();
    }
  }

  private static Replica.Subscription count(AtomicInteger leased, TestCluster cluster, int leader) {
    return cluster
        .replica(leader)
        .follow(
            line -> {
              if (line.contains("reads without a round")) {
                leased.incrementAndGet();
              }
            });
  }
}
