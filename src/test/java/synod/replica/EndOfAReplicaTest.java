package synod.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import synod.kv.Gateway;
import synod.kv.Outcome;
import synod.paxos.Message;

/**
 * The leader of five comes to its end, by its own fault or because it is stopped. It says why, each
 * of its clients hears what became of its write, and the other four go on.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndOfAReplicaTest {
  private static final int RESTARTS = 3;

  private final AtomicInteger name = new AtomicInteger();
  private final Faults faults = new Faults();
  private final TestCluster cluster =
      TestCluster.ofFive("supervision.restarts = %d".formatted(RESTARTS), faults);
  private int leader;
  private List<Integer> others = List.of();
  private List<Put> puts = List.of();

  @AfterAll
  void close() {
    cluster.close();
  }

  private record Put(String key, CompletableFuture<Outcome> outcome) {}

  @ParameterizedTest
  @EnumSource
  void aRoleThatCrashesTooOftenEndsItsReplicaAndNoOther(RoleName role) {
    CountingClients clients = load();

    for (int i = 0; i <= RESTARTS; i++) {
      cluster.replica(leader).crash(role);
    }

    assertEquals(
        role
            + " cannot go on: it crashed more than 3 times within 60 s, at last by "
            + "synod.replica.RoleActor$CrashedOnPurpose: crashed on purpose",
        awaitFatal());
    theOthersGoOn(clients);
  }

  @Test
  void aJournalThatFailsEndsItsReplicaAtTheFirstFailure() {
    CountingClients clients = load();

    cluster.journal(leader).poison();

    assertEquals(
        "acceptor cannot go on: synod.paxos.StoreException: the journal is poisoned", awaitFatal());
    theOthersGoOn(clients);
  }

  @Test
  void aStateThatFailsEndsItsReplicaAtTheFirstFailure() {
    CountingClients clients = load();

    cluster.state(leader).poison();

    assertEquals(
        "learner cannot go on: synod.paxos.StoreException: the state is poisoned", awaitFatal());
    theOthersGoOn(clients);
  }

  @Test
  void aReplicaThatIsStoppedTellsItsClientsWhatIsUnknown() {
    CountingClients clients = load();
    CompletableFuture<Boolean> sent = new CompletableFuture<>();
    loseWhatIsSubmittedByTheLeader(sent);
    Put lost = put();
    TestCluster.await(sent);

    theOthersGoOn(clients);

    assertInstanceOf(Outcome.Unknown.class, TestCluster.await(lost.outcome()));
  }

  private void loseWhatIsSubmittedByTheLeader(CompletableFuture<Boolean> sent) {
    faults.lose(
        envelope -> {
          boolean lost =
              envelope.message() instanceof Message.Submit && envelope.from().number() == leader;
          if (lost) {
            sent.complete(true);
          }
          return lost;
        });
  }

  /** Clients that count through the others, and puts through the leader that are on their way. */
  private CountingClients load() {
    leader = cluster.awaitLeader();
    others = cluster.alive().stream().filter(id -> id != leader).toList();
    puts = new ArrayList<>();
    CountingClients clients =
        CountingClients.start(cluster, others, "end " + name.incrementAndGet());
    for (int i = 0; i < 50; i++) {
      put();
    }
    return clients;
  }

  private Put put() {
    String key = "key " + name.incrementAndGet();
    Put put = new Put(key, cluster.putAsync(leader, key, "value"));
    puts.add(put);
    return put;
  }

  private String awaitFatal() {
    TestCluster.awaitUntil("it ends", () -> cluster.fatal(leader).isPresent());
    return cluster.fatal(leader).orElseThrow();
  }

  private void theOthersGoOn(CountingClients clients) {
    cluster.kill(leader);
    puts.forEach(put -> assertTrue(put.outcome().isDone(), "a client waits for ever"));
    int next = cluster.awaitLeader(others);
    clients.awaitProgress(5);
    clients.end();
    faults.disarm();
    puts.forEach(put -> check(put, cluster.get(next, put.key()).isPresent()));
    cluster.start(leader);
    cluster.awaitEqualStores();
  }

  private static void check(Put put, boolean found) {
    Outcome outcome = TestCluster.await(put.outcome());
    if (outcome instanceof Outcome.Done) {
      assertTrue(found, put.key() + " was said to be done");
    } else if (outcome instanceof Outcome.NotDone) {
      assertEquals(Gateway.ENDED, outcome);
      assertFalse(found, put.key() + " was said not to be done");
    }
  }
}
