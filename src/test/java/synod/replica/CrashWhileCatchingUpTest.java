package synod.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import synod.memory.MemorySnapshots;
import synod.paxos.Message;

/**
 * A replica that was away comes back, and a role crashes at both ends of the way while it is sent
 * what it has missed: slots, or a whole state where the slots are gone.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashWhileCatchingUpTest {
  private static final List<Integer> ALL = List.of(1, 2, 3, 4, 5);
  private static final int KEPT_SLOTS = 200;
  private static final String VALUE = "x".repeat(8 * 1024);

  private final Faults faults = new Faults();
  private final AtomicInteger name = new AtomicInteger();
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final TestCluster cluster =
      TestCluster.ofFive(
          """
          # Of so short a log much is truncated within a tick.
          liveness { tick = 25 ms, keep-alive = 100 ms, suspect = 500 ms, leader-timeout = 1000 ms }
          ring.ping-interval = 200 ms
          supervision.restarts = 1000
          gateway { retry = 100 ms, command-timeout = 60 s }
          proposer.retransmit = 100 ms
          log.max-slots = %d
          """
              .formatted(KEPT_SLOTS),
          faults);
  private Replica.Subscription following = () -> {};
  private int away;
  private List<Integer> others = List.of();

  @BeforeEach
  void chooseWhoIsAway() {
    int leader = cluster.awaitLeader();
    away = leader % 5 + 1;
    others = ALL.stream().filter(id -> id != away).toList();
    others.forEach(id -> crash(id, RoleName.LEARNER)); // they keep the log for none of before
    events.clear();
    following = cluster.replica(away).follow(events::add);
  }

  @AfterEach
  void disarm() {
    following.close();
    faults.disarm();
    others.forEach(id -> snapshots(id).finishMaking());
  }

  @AfterAll
  void close() {
    cluster.close();
  }

  @ParameterizedTest
  @EnumSource
  void aSnapshotIsMadeThoughARoleCrashes(RoleName role) {
    others.forEach(id -> snapshots(id).holdMaking());
    CountingClients clients = comeBackForAState();
    TestCluster.awaitUntil("one makes a snapshot", () -> !making().isEmpty());

    making().forEach(id -> crash(id, role));
    crash(away, role);
    others.forEach(id -> snapshots(id).finishMaking());

    awaitCaughtUp();
    check(clients);
    assertNotEquals(0, count("took over the state"));
  }

  @ParameterizedTest
  @EnumSource
  void aSnapshotThatIsReceivedGoesOnWhereItWasThoughARoleCrashes(RoleName role) {
    CompletableFuture<Integer> giver = crashAtTheSecond(Message.SnapshotPiece.class, role);
    CountingClients clients = comeBackForAState();

    TestCluster.await(giver);

    awaitCaughtUp();
    check(clients);
    assertNotEquals(0, count("took over the state"));
    if (role == RoleName.LEARNER) {
      assertNotEquals(0, count("goes on receiving the state"));
      assertEquals(0, count("goes on receiving the state at slot \\d+: has 0 of"));
    } else {
      assertEquals(1, count("receives the state"), "the learners have not noticed");
    }
  }

  @ParameterizedTest
  @EnumSource
  void slotsAreCaughtUpThoughARoleCrashes(RoleName role) {
    CompletableFuture<Integer> giver = crashAtTheSecond(Message.Learned.class, role);
    cluster.split(List.of(away), others);
    putLargeValues();
    cluster.heal();

    TestCluster.await(giver);

    awaitCaughtUp();
    assertEquals(0, count("receives the state"), "no state is needed");
    check(CountingClients.start(cluster, ALL, "slots " + role));
  }

  // ---------------------------------------------------------------- steps

  /** At the second such message to the one that was away, at both ends; tells who sent it. */
  private CompletableFuture<Integer> crashAtTheSecond(Class<?> kind, RoleName role) {
    CompletableFuture<Integer> giver = new CompletableFuture<>();
    AtomicInteger count = new AtomicInteger();
    faults.lose(
        envelope -> {
          boolean one = envelope.to().number() == away && kind.isInstance(envelope.message());
          if (one && count.incrementAndGet() == 2) {
            crash(envelope.from().number(), role);
            crash(away, role);
            giver.complete(envelope.from().number());
          }
          return false;
        });
    return giver;
  }

  /** It is cut off until the others have truncated what it misses. */
  private CountingClients comeBackForAState() {
    cluster.split(List.of(away), others);
    CountingClients clients =
        CountingClients.start(cluster, ALL, "state " + name.incrementAndGet());
    putLargeValues();
    long before = applied(away);
    TestCluster.awaitUntil(
        "the log is truncated",
        () -> others.stream().allMatch(id -> cluster.journal(id).truncated() > before));
    cluster.heal();
    return clients;
  }

  /** More than one piece of them. */
  private void putLargeValues() {
    for (int i = 0; i < 40; i++) {
      cluster.put(others.get(i % 4), "large " + i, VALUE);
    }
  }

  private void awaitCaughtUp() {
    long chosen = applied(others.get(0));
    TestCluster.awaitUntil("it has caught up", () -> applied(away) >= chosen);
  }

  private void check(CountingClients clients) {
    clients.awaitProgress(5);
    clients.end();
    cluster.awaitEqualStores();
  }

  private void crash(int id, RoleName role) {
    cluster.replica(id).crash(role);
  }

  private long applied(int id) {
    return cluster.replica(id).status().applied();
  }

  private Collection<Integer> making() {
    return others.stream().filter(id -> snapshots(id).isMaking()).toList();
  }

  private MemorySnapshots snapshots(int id) {
    return cluster.state(id).snapshots();
  }

  private long count(String pattern) {
    return events.stream().filter(event -> event.matches(pattern + ".*")).count();
  }
}
