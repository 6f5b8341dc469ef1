package synod.replica;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import synod.paxos.Envelope;
import synod.paxos.Message;
import synod.paxos.ReplicaId;

/**
 * The leader of five is cut off, and while the other four elect another one of them loses a role,
 * or the token is lost. They have a new leader all the same, and no client of theirs loses a write.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashInAnElectionTest {
  /** Twice the time after which a silent leader is suspected. */
  private static final Duration SETTLED = Duration.ofMillis(400);

  private final Faults faults = new Faults();
  private final TestCluster cluster =
      TestCluster.ofFive(
          """
          supervision.restarts = 1000
          liveness {
            tick = 25 ms, heartbeat = 200 ms, keep-alive = 60 ms, suspect = 200 ms, leader-timeout = 400 ms
          }
          ring { hop-timeout = 100 ms, ping-interval = 60 ms, takeover-time = 200 ms }
          gateway { retry = 100 ms, command-timeout = 60 s }
          proposer.retransmit = 100 ms
          """,
          faults);
  private int old;
  private List<Integer> others = List.of();

  @BeforeEach
  void lead() {
    old = settledLeader();
    others = cluster.alive().stream().filter(id -> id != old).toList();
  }

  /** One that no election of before is about to replace. */
  private int settledLeader() {
    int leader = cluster.awaitLeader();
    boolean changed = TestCluster.waitFor(SETTLED, () -> cluster.awaitLeader() != leader);
    return changed ? settledLeader() : leader;
  }

  @AfterEach
  void heal() {
    faults.disarm();
    cluster.heal();
    cluster.awaitLeader();
    cluster.awaitEqualStores();
  }

  @AfterAll
  void close() {
    cluster.close();
  }

  /** Whose role crashes, and when. */
  private enum Part {
    /** As it sends its token to the first of the others. */
    INITIATOR,
    /** As it is announced. */
    WINNER,
    /** As another is announced, after whose token it did not ask. */
    BYSTANDER
  }

  static Stream<Arguments> partsAndRoles() {
    return Stream.of(Part.values())
        .flatMap(part -> Stream.of(RoleName.values()).map(role -> Arguments.of(part, role)));
  }

  @ParameterizedTest
  @MethodSource("partsAndRoles")
  void anElectionComesToItsEndThoughARoleCrashes(Part part, RoleName role) {
    CountingClients clients =
        CountingClients.start(cluster, others, "election " + part + " " + role);
    CompletableFuture<Integer> crashed = new CompletableFuture<>();
    faults.lose(
        envelope -> {
          who(part, envelope)
              .filter(crashed::complete)
              .ifPresent(id -> cluster.replica(id).crash(role));
          return false;
        });

    cluster.split(List.of(old), others);

    TestCluster.await(crashed);
    cluster.awaitLeader(others);
    clients.awaitProgress(5);
    clients.end();
  }

  private Optional<Integer> who(Part part, Envelope<?> envelope) {
    if (part == Part.INITIATOR) {
      return envelope.message() instanceof Message.Token token && token.path().size() == 1
          ? Optional.of(token.initiator().number())
          : Optional.empty();
    }
    if (envelope.message() instanceof Message.Coordinator announced) {
      int winner = announced.winner().number();
      return part == Part.WINNER
          ? Optional.of(winner)
          : others.stream()
              .filter(id -> id != winner && id != announced.initiator().number())
              .findFirst();
    }
    return Optional.empty();
  }

  // ---------------------------------------------------------------- the token is lost

  @Test
  void aTokenThatDiesWithTheSystemOfItsHolderIsFollowedByAnother() {
    TokenLoss loss = new TokenLoss(true, id -> {});
    faults.lose(loss);

    cluster.split(List.of(old), others);
    int holder = TestCluster.await(loss.holder);
    cluster.kill(holder);

    List<Integer> left = others.stream().filter(id -> id != holder).toList();
    cluster.put(cluster.awaitLeader(left), "after the holder", "died");
    assertNotEquals(loss.token, TestCluster.await(loss.announced));
    cluster.start(holder);
  }

  @Test
  void aTokenThatAnElectorForgetsInACrashIsFollowedByAnother() {
    TokenLoss loss = new TokenLoss(true, id -> cluster.replica(id).crash(RoleName.ELECTOR));
    faults.lose(loss);

    cluster.split(List.of(old), others);

    cluster.put(cluster.awaitLeader(others), "after the elector", "crashed");
    assertNotEquals(loss.token, TestCluster.await(loss.announced));
  }

  /** A person asks for this election, so that no other token is on its way, or hardly ever. */
  @Test
  void aTokenThatAnElectorForgetsBeforeItsAcknowledgementGoesOnWithoutIt() {
    TestCluster.awaitUntil(
        "the same token names the winner",
        () -> {
          TokenLoss loss = new TokenLoss(false, id -> cluster.replica(id).crash(RoleName.ELECTOR));
          faults.lose(loss);
          cluster.replica(others.get(0)).elect();
          return TestCluster.waitFor(Duration.ofSeconds(5), loss.announced::isDone)
              && loss.announced.join().equals(loss.token);
        });
  }

  private record Id(long round, ReplicaId initiator) {}

  /** Loses a token at the first replica that has it and did not start it. */
  private static final class TokenLoss implements Predicate<Envelope<?>> {
    private final CompletableFuture<Integer> holder = new CompletableFuture<>();
    private final CompletableFuture<Id> announced = new CompletableFuture<>();
    private final boolean acknowledged;
    private final IntConsumer then;
    private volatile Id token = new Id(0, new ReplicaId(1));

    /**
     * {@code acknowledged}: the one before has the acknowledgement. Another token may then have
     * named the winner before this one is lost.
     */
    TokenLoss(boolean acknowledged, IntConsumer then) {
      this.acknowledged = acknowledged;
      this.then = then;
    }

    @Override
    public boolean test(Envelope<?> envelope) {
      ReplicaId from = envelope.from();
      if (envelope.message() instanceof Message.Token sent) {
        return !from.equals(sent.initiator())
            && isLost(from, new Id(sent.round(), sent.initiator()));
      }
      if (envelope.message() instanceof Message.Coordinator closed
          && (acknowledged || holder.isDone())) {
        announced.complete(new Id(closed.round(), closed.initiator()));
      }
      return !acknowledged
          && envelope.message() instanceof Message.TokenAck ack
          && !from.equals(ack.initiator())
          && isLost(from, new Id(ack.round(), ack.initiator()));
    }

    private synchronized boolean isLost(ReplicaId from, Id id) {
      if (!holder.isDone()) {
        token = id;
        holder.complete(from.number());
        then.accept(from.number());
      }
      return id.equals(token) && holder.join() == from.number();
    }
  }
}
