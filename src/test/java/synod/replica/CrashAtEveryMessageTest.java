package synod.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import synod.paxos.Message;
import synod.paxos.ReplicaId;

/**
 * Five replicas under a load of writes and reads. On each of them the role that gets a message of
 * the kind crashes at the next two of them: at one before it has taken it, at the other after, and
 * then nothing of what it has said and written is released. No client notices.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashAtEveryMessageTest {
  private static final List<Integer> ALL = List.of(1, 2, 3, 4, 5);

  /** Slots that a replica may miss and still get as slots; beyond them it gets a snapshot. */
  private static final int KEPT_SLOTS = 40;

  /** A provocation that came to nothing, since what it had said was lost too, is repeated. */
  private static final Duration OFTEN = Duration.ofMillis(200);

  /** Some hundred provocations. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Faults faults = new Faults();
  private final TestCluster cluster =
      TestCluster.ofFive(
          """
          supervision.restarts = 1000
          gateway { retry = 100 ms, command-timeout = 60 s }
          proposer.retransmit = 100 ms
          log.max-slots = %d
          """
              .formatted(KEPT_SLOTS),
          faults);

  @AfterAll
  void close() {
    cluster.close();
  }

  /** What makes replicas send messages of a kind that does not come by itself. */
  private enum Provocation {
    /** The load itself does. */
    LOAD,
    CRASH_OF_A_PROPOSER,
    CRASH_OF_AN_ACCEPTOR,
    ELECTION,
    /** A replica was cut off for some slots. */
    SHORT_ABSENCE,
    /** A replica was cut off for more slots than the others keep. */
    LONG_ABSENCE,
    /** A delayed message of an election that was over long ago. */
    OLD_QUESTION,
    /** The links of one replica take a leader that lives for gone. */
    WRONG_HINT,
    READMISSION,
    /** A replica comes back with an empty disk, and is to be readmitted. */
    WIPED_DISK
  }

  private static final Map<Class<?>, Provocation> PROVOCATIONS =
      Map.ofEntries(
          Map.entry(Message.Lead.class, Provocation.CRASH_OF_A_PROPOSER),
          Map.entry(Message.Prepare.class, Provocation.CRASH_OF_A_PROPOSER),
          Map.entry(Message.Promise.class, Provocation.CRASH_OF_A_PROPOSER),
          Map.entry(Message.ProposerStarted.class, Provocation.CRASH_OF_A_PROPOSER),
          Map.entry(Message.Leading.class, Provocation.CRASH_OF_A_PROPOSER),
          Map.entry(Message.Hello.class, Provocation.CRASH_OF_AN_ACCEPTOR),
          Map.entry(Message.Met.class, Provocation.CRASH_OF_AN_ACCEPTOR),
          Map.entry(Message.Voting.class, Provocation.CRASH_OF_AN_ACCEPTOR),
          Map.entry(Message.Elect.class, Provocation.ELECTION),
          Map.entry(Message.Token.class, Provocation.ELECTION),
          Map.entry(Message.TokenAck.class, Provocation.ELECTION),
          Map.entry(Message.Coordinator.class, Provocation.ELECTION),
          Map.entry(Message.StepDown.class, Provocation.ELECTION),
          Map.entry(Message.StoodDown.class, Provocation.ELECTION),
          Map.entry(Message.Rejected.class, Provocation.ELECTION),
          Map.entry(Message.Fetch.class, Provocation.SHORT_ABSENCE),
          Map.entry(Message.Learned.class, Provocation.SHORT_ABSENCE),
          Map.entry(Message.SnapshotOffer.class, Provocation.LONG_ABSENCE),
          Map.entry(Message.FetchSnapshot.class, Provocation.LONG_ABSENCE),
          Map.entry(Message.SnapshotPiece.class, Provocation.LONG_ABSENCE),
          Map.entry(Message.AskSuspicion.class, Provocation.OLD_QUESTION),
          Map.entry(Message.Suspicion.class, Provocation.OLD_QUESTION),
          Map.entry(Message.Gone.class, Provocation.WRONG_HINT),
          Map.entry(Message.Readmit.class, Provocation.READMISSION),
          Map.entry(Message.AskBounds.class, Provocation.WIPED_DISK),
          Map.entry(Message.HasMet.class, Provocation.WIPED_DISK),
          Map.entry(Message.Bounds.class, Provocation.WIPED_DISK));

  @ParameterizedTest
  @MethodSource
  void acceptorsThatCrashForgetNothingTheyHaveSaid(Class<? extends Message> kind) {
    crashAt(kind);
  }

  static Stream<Class<?>> acceptorsThatCrashForgetNothingTheyHaveSaid() {
    return Arrays.stream(Message.ToAcceptor.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource
  void proposersThatCrashLoseNoCommandAndNoLeadership(Class<? extends Message> kind) {
    crashAt(kind);
  }

  static Stream<Class<?>> proposersThatCrashLoseNoCommandAndNoLeadership() {
    return Arrays.stream(Message.ToProposer.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource
  void learnersThatCrashApplyEachSlotOnce(Class<? extends Message> kind) {
    crashAt(kind);
  }

  static Stream<Class<?>> learnersThatCrashApplyEachSlotOnce() {
    return Arrays.stream(Message.ToLearner.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource
  void electorsThatCrashHearTheLeaderAgain(Class<? extends Message> kind) {
    crashAt(kind);
  }

  static Stream<Class<?>> electorsThatCrashHearTheLeaderAgain() {
    return Arrays.stream(Message.ToElector.class.getPermittedSubclasses());
  }

  private void crashAt(Class<? extends Message> kind) {
    Provocation provocation = PROVOCATIONS.getOrDefault(kind, Provocation.LOAD);
    int leader = cluster.awaitLeader();
    int other = leader % 5 + 1;
    boolean dies = provocation == Provocation.WIPED_DISK;
    Collection<Integer> serving = dies ? without(other) : ALL;
    CountingClients clients = CountingClients.start(cluster, serving, kind.getSimpleName());
    clients.awaitProgress(1);

    Faults.Trap trap = faults.crashAt(kind);
    long began = System.nanoTime();
    do {
      assertTrue(System.nanoTime() - began < PATIENCE.toNanos(), "it never comes: " + kind);
      provoke(provocation, other);
    } while (!TestCluster.waitFor(OFTEN, trap::hasSprungBothWays));

    clients.awaitProgress(10);
    faults.disarm();
    clients.end();
    assertTrue(trap.crashes() >= 2);
    if (keepsItsLeader(kind, provocation)) {
      assertEquals(leader, cluster.awaitLeader(), "no election was called for");
    }
    cluster.awaitEqualStores();
  }

  /** A replica whose proposer and elector crash together does not know that it led. */
  private static boolean keepsItsLeader(Class<?> kind, Provocation provocation) {
    return provocation != Provocation.ELECTION && kind != Message.ProposerStarted.class;
  }

  private static List<Integer> without(int one) {
    return ALL.stream().filter(id -> id != one).toList();
  }

  private void provoke(Provocation provocation, int other) {
    switch (provocation) {
      case LOAD -> {}
      case CRASH_OF_A_PROPOSER -> crashAndAwaitRestart(cluster.awaitLeader(), RoleName.PROPOSER);
      case CRASH_OF_AN_ACCEPTOR -> crashAndAwaitRestart(other, RoleName.ACCEPTOR);
      case ELECTION -> cluster.replica(other).elect();
      case SHORT_ABSENCE -> cutOff(other, KEPT_SLOTS / 4);
      case LONG_ABSENCE -> {
        forgetWhoIsAway();
        cutOff(other, 2 * KEPT_SLOTS);
      }
      case OLD_QUESTION -> cluster.say(other, other % 5 + 1, new Message.AskSuspicion(1));
      case WRONG_HINT -> {
        Message hint = new Message.Gone(new ReplicaId(cluster.awaitLeader()));
        cluster.say(other, other, hint);
      }
      case READMISSION -> cluster.replica(other).readmit();
      case WIPED_DISK -> comeBackWithoutADisk(other);
    }
  }

  private void crashAndAwaitRestart(int id, RoleName role) {
    int before = cluster.restarts(id, role);
    cluster.replica(id).crash(role);
    TestCluster.awaitUntil("a restart", () -> cluster.restarts(id, role) > before);
    cluster.awaitLeader();
  }

  /** They keep the log for one that has taken a snapshot lately, in this life. */
  private void forgetWhoIsAway() {
    ALL.forEach(id -> crashAndAwaitRestart(id, RoleName.LEARNER));
  }

  private void cutOff(int id, int slots) {
    long before = applied(id);
    cluster.split(List.of(id), without(id));
    TestCluster.awaitUntil("more slots", () -> applied(id % 5 + 1) > before + slots);
    long chosen = applied(id % 5 + 1);
    cluster.heal();
    TestCluster.awaitUntil(id + " has caught up", () -> applied(id) >= chosen);
  }

  private void comeBackWithoutADisk(int id) {
    cluster.kill(id);
    cluster.wipe(id);
    cluster.start(id);
    TestCluster.awaitUntil(id + " is quarantined", () -> stands(id, "quarantined"));
    do {
      cluster.replica(id).readmit();
    } while (!TestCluster.waitFor(OFTEN, () -> stands(id, "voting")));
  }

  private boolean stands(int id, String standing) {
    return cluster.replica(id).status().roles().stream()
        .anyMatch(role -> role.state().equals(standing));
  }

  private long applied(int id) {
    return cluster.replica(id).status().applied();
  }
}
