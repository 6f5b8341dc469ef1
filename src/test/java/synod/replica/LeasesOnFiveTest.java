package synod.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Five ActorSystems of one JVM, whose leaders read under leases. */
class LeasesOnFiveTest {
  private static final String LEASES = "reads { lease = 300 ms, max-drift = 10 % }";

  @Test
  void readsWithoutARoundFindWhatWasWrittenAlsoUnderTheNextLeader() {
    try (TestCluster cluster = TestCluster.ofFive(LEASES)) {
      int first = cluster.awaitLeader();
      AtomicInteger leased = leases(cluster, first);
      for (int i = 0; i < 50; i++) {
        cluster.put(1 + i % 5, "a", "value" + i);
        assertEquals(Optional.of("value" + i), cluster.get(1 + (i + 2) % 5, "a"));
      }
      TestCluster.awaitUntil(
          "it has read under a lease",
          () -> cluster.get(first, "a").isPresent() && leased.get() > 0);
      List<Integer> others = cluster.alive().stream().filter(id -> id != first).toList();

      cluster.split(List.of(first), others);
      int next = cluster.awaitLeader(others);
      cluster.put(next, "a", "new");
      cluster.heal();

      assertEquals(Optional.of("new"), cluster.get(first, "a"));
      cluster.awaitEqualStores();
    }
  }

  private static AtomicInteger leases(TestCluster cluster, int leader) {
    AtomicInteger leased = new AtomicInteger();
    cluster
        .replica(leader)
        .follow(
            line -> {
              if (line.contains("reads without a round")) {
                leased.incrementAndGet();
              }
            });
    return leased;
  }
}
