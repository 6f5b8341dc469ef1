package synod.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import synod.kv.Command;
import synod.kv.Gateway;
import synod.kv.Machine;
import synod.kv.Outcome;
import synod.kv.Query;
import synod.memory.MemoryJournal;
import synod.memory.MemoryState;
import synod.paxos.Bytes;
import synod.paxos.Envelope;
import synod.paxos.Message;
import synod.paxos.ReplicaId;

/** The guardian of a replica that is alone, watched: who stops when, and what clients hear. */
class GuardianTest {
  private static final ReplicaId ONE = new ReplicaId(1);

  private final Settings settings = TestSettings.of(1, "supervision.restarts = 2");
  private final ActorTestKit kit = ActorTestKit.create("test", config());
  private final MemoryJournal journal = new MemoryJournal();
  private final MemoryState state = new MemoryState();
  private final Faults faults = new Faults();
  private final List<String> fatal = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Roles> started = new CompletableFuture<>();
  private final ActorRef<Void> guardian =
      kit.spawn(
          Guardian.of(
              wiring(),
              links(),
              new Events(new StatusBoard(ONE), new Chronicle(List.of(ONE), () -> 0, Duration.ZERO)),
              started::complete),
          "guardian");
  private final Roles roles = TestCluster.await(started);
  private final TestProbe<Object> watcher = kit.createTestProbe();

  /** There are no sockets here, and so no loop. */
  private Config config() {
    return ConfigFactory.parseString("synod.role-dispatcher.executor = fork-join-executor")
        .withFallback(AkkaSettings.of(settings, settings.replicas().get(0)));
  }

  private static Links links() {
    return new Links(ONE, Set.of(), new Cluster(0, number -> {}), new Tap(ONE, 1));
  }

  private Wiring wiring() {
    return new Wiring(
        ONE,
        settings,
        new Wiring.Memory(journal, Machine.open(state), 1, new Cluster(0, number -> {})),
        faults.of(1),
        fatal::add);
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @ParameterizedTest
  @EnumSource
  void seesARoleStopThatCrashedTooOftenAndStopsAllOthers(RoleName role) {
    lead();

    for (int i = 0; i < 3; i++) {
      roles.crash(role, "again, on purpose");
    }

    awaitAllStopped();
    assertEquals(
        List.of(
            role
                + " cannot go on: it crashed more than 2 times within 60 s, at last by "
                + "synod.replica.RoleActor$CrashedOnPurpose: again, on purpose"),
        fatal);
  }

  @Test
  void stopsAllWhenTheJournalFailsAndNoClientHearsThatItsWriteIsDone() {
    lead();
    onSubmit(journal::poison);

    CompletableFuture<Outcome> write = write();

    awaitAllStopped();
    assertEquals(
        List.of("acceptor cannot go on: synod.paxos.StoreException: the journal is poisoned"),
        fatal);
    assertInstanceOf(Outcome.Unknown.class, TestCluster.await(write));
  }

  @Test
  void stopsAllWhenTheStateFailsAndNoClientHearsThatItsWriteIsDone() {
    lead();
    onSubmit(state::poison);

    CompletableFuture<Outcome> write = write();

    awaitAllStopped();
    assertEquals(
        List.of("learner cannot go on: synod.paxos.StoreException: the state is poisoned"), fatal);
    assertInstanceOf(Outcome.Unknown.class, TestCluster.await(write));
  }

  @Test
  void isStoppedAndTellsClientsThatWhatWasSentIsUnknown() {
    lead();
    CompletableFuture<Boolean> sent = new CompletableFuture<>();
    faults.lose(envelope -> envelope.message() instanceof Message.Submit && sent.complete(true));
    CompletableFuture<Outcome> write = write();
    TestCluster.await(sent);

    kit.stop(guardian);

    awaitAllStopped();
    assertEquals(List.of(), fatal);
    assertInstanceOf(Outcome.Unknown.class, TestCluster.await(write));
  }

  @Test
  void isStoppedAndTellsClientsThatWhatWasNotSentIsNotDone() {
    faults.lose(envelope -> envelope.message() instanceof Message.Leader);
    CompletableFuture<Outcome> write = write();
    CompletableFuture<Outcome> read = new CompletableFuture<>();
    roles.gateway().tell(new Signal.Read(new Query.Count(), read::complete));

    kit.stop(guardian);

    awaitAllStopped();
    assertEquals(Gateway.ENDED, TestCluster.await(write));
    assertEquals(Gateway.ENDED, TestCluster.await(read));
  }

  private void lead() {
    roles.elector().tell(new Envelope<>(ONE, ONE, new Message.Elect()));
    assertInstanceOf(Outcome.Done.class, TestCluster.await(write()));
  }

  private CompletableFuture<Outcome> write() {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Command add = new Command.Add(Bytes.utf8("n"), 1);
    roles.gateway().tell(new Signal.Write(add, outcome::complete));
    return outcome;
  }

  /** When the gateway sends what a client wrote. */
  private void onSubmit(Runnable then) {
    faults.lose(
        envelope -> {
          if (envelope.message() instanceof Message.Submit) {
            then.run();
          }
          return false;
        });
  }

  private void awaitAllStopped() {
    for (RoleName role : RoleName.values()) {
      awaitStopped(roles.of(role));
    }
    awaitStopped(roles.gateway());
    awaitStopped(guardian);
  }

  private void awaitStopped(ActorRef<?> actor) {
    watcher.expectTerminated(actor, Duration.ofSeconds(60));
  }
}
