package synod.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import synod.kv.Command;
import synod.kv.Lifetime;
import synod.kv.Outcome;
import synod.paxos.Bytes;

/** Five ActorSystems of one JVM, with links that the test cuts. */
class FiveReplicasTest {
  private static final List<Integer> ALL = List.of(1, 2, 3, 4, 5);

  @Test
  void electOneLeaderAtTheStartAndServeThroughAny() {
    try (TestCluster cluster = TestCluster.ofFive()) {
      cluster.awaitLeader();

      ALL.forEach(id -> cluster.put(id, "key" + id, "value" + id));

      for (int id : ALL) {
        int next = id % 5 + 1;
        assertEquals(Optional.of("value" + id), cluster.get(next, "key" + id));
      }
      cluster.awaitEqualStores();
    }
  }

  @Test
  void countAndForgetTheSameThroughAny() {
    Bytes counter = Bytes.utf8("counter");
    try (TestCluster cluster = TestCluster.ofFive()) {
      cluster.awaitLeader();
      List<CompletableFuture<Outcome>> adds =
          ALL.stream().map(id -> write(cluster, id, new Command.Add(counter, id))).toList();
      adds.forEach(TestCluster::await);
      ALL.forEach(id -> assertEquals(Optional.of("15"), cluster.get(id, "counter")));

      Lifetime soon = new Lifetime.For(10);
      TestCluster.await(write(cluster, 3, new Command.Expire(counter, soon, Command.When.ALWAYS)));

      TestCluster.awaitUntil(
          "the counter is gone everywhere",
          () -> ALL.stream().allMatch(id -> cluster.replica(id).status().keys() == 0));
      cluster.awaitEqualStores();
    }
  }

  private static CompletableFuture<Outcome> write(TestCluster cluster, int id, Command command) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    cluster.replica(id).write(command, outcome::complete);
    return outcome;
  }

  @Test
  void goOnWithTwoLostAndWaitForTheThird() {
    try (TestCluster cluster = TestCluster.ofFive()) {
      int first = cluster.awaitLeader();
      cluster.put(first, "a", "1");

      cluster.kill(first);
      int second = cluster.awaitLeader();
      cluster.kill(second);
      int third = cluster.awaitLeader();
      cluster.put(third, "b", "2");
      List<Integer> left = List.copyOf(cluster.alive());
      cluster.kill(left.get(0).equals(third) ? left.get(1) : left.get(0));
      CompletableFuture<Outcome> put = cluster.putAsync(third, "c", "3");
      TestCluster.awaitUntil(
          "the leader stands down", () -> cluster.replica(third).leader().isEmpty());
      assertFalse(put.isDone(), "two of five must not agree on anything");

      cluster.start(first);

      assertInstanceOf(Outcome.Done.class, TestCluster.await(put));
      assertEquals(Optional.of("1"), cluster.get(first, "a"));
      assertEquals(Optional.of("2"), cluster.get(first, "b"));
      assertEquals(Optional.of("3"), cluster.get(first, "c"));
    }
  }

  @Test
  void aLeaderInTheMinorityStandsDownAndTheMajorityGoesOn() {
    try (TestCluster cluster = TestCluster.ofFive()) {
      int leader = cluster.awaitLeader();
      List<Integer> minority = List.of(leader, leader % 5 + 1);
      List<Integer> majority = ALL.stream().filter(id -> !minority.contains(id)).toList();
      cluster.put(leader, "before", "split");

      cluster.split(minority, majority);
      CompletableFuture<Outcome> stuck = cluster.putAsync(leader, "stuck", "minority");
      int other = cluster.awaitLeader(majority);
      cluster.put(other, "during", "split");
      TestCluster.awaitUntil(
          "the old leader stands down", () -> cluster.replica(leader).leader().isEmpty());
      assertFalse(stuck.isDone());

      cluster.heal();

      assertInstanceOf(Outcome.Done.class, TestCluster.await(stuck));
      assertEquals(Optional.of("split"), cluster.get(leader, "during"));
      cluster.awaitEqualStores();
    }
  }

  @Test
  void aOneWayLinkFromTheLeaderCostsNobodyAnAnswer() {
    try (TestCluster cluster = TestCluster.ofFive()) {
      int leader = cluster.awaitLeader();
      int deaf = leader % 5 + 1;

      cluster.cutOneWay(leader, deaf);

      cluster.put(leader, "through the leader", "1");
      cluster.put(deaf, "through the deaf one", "2");
      assertEquals(Optional.of("1"), cluster.get(deaf, "through the leader"));
      cluster.heal();
      cluster.awaitEqualStores();
    }
  }

  @Test
  void fiveTokensAtOnceMakeOneLeader() {
    try (TestCluster cluster = TestCluster.ofFive()) {
      cluster.awaitLeader();
      cluster.put(1, "a", "1");

      ALL.forEach(id -> cluster.replica(id).elect());

      cluster.put(2, "b", "2");
      cluster.awaitLeader();
      assertEquals(Optional.of("1"), cluster.get(3, "a"));
      assertEquals(Optional.of("2"), cluster.get(4, "b"));
      cluster.awaitEqualStores();
    }
  }

  @Test
  void aReplicaThatComesBackDeposesNobodyAndCatchesUp() {
    try (TestCluster cluster = TestCluster.ofFive()) {
      int leader = cluster.awaitLeader();
      int away = leader == 5 ? 4 : 5;
      cluster.kill(away);
      IntStream.range(0, 100).forEach(i -> cluster.put(leader, "key" + i, "value" + i));
      var ballot = cluster.replica(leader).status().ballot();

      cluster.start(away);

      cluster.awaitEqualStores();
      assertEquals(Optional.of("value99"), cluster.get(away, "key99"));
      assertEquals(ballot, cluster.replica(leader).status().ballot());
    }
  }

  @Test
  void aProposerCrashMakesAHigherBallotAndNoElection() {
    try (TestCluster cluster = TestCluster.ofFive()) {
      int leader = cluster.awaitLeader();
      cluster.put(leader, "a", "1");
      var before = cluster.replica(leader).status().ballot();
      List<String> events = new CopyOnWriteArrayList<>();
      ALL.forEach(id -> cluster.replica(id).follow(events::add));

      cluster.replica(leader).crash(RoleName.PROPOSER);
      TestCluster.awaitUntil(
          "a higher ballot", () -> cluster.replica(leader).status().ballot().isAbove(before));

      cluster.put(leader, "b", "2");
      assertEquals(leader, cluster.awaitLeader());
      assertTrue(events.stream().noneMatch(event -> event.contains("oken")), "no token: " + events);
    }
  }

  @Test
  void theKilledLeadersBallotIsNotUsedAgain() {
    try (TestCluster cluster = TestCluster.ofFive()) {
      int leader = cluster.awaitLeader();
      var before = cluster.replica(leader).status().ballot();

      cluster.kill(leader);
      cluster.start(leader);

      cluster.put(leader, "a", "1");
      cluster.awaitLeader();
      assertNotEquals(before, cluster.replica(leader).status().ballot());
    }
  }
}
