package synod.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import synod.kv.Machine;
import synod.memory.MemoryJournal;
import synod.memory.MemoryState;
import synod.paxos.Acceptance;
import synod.paxos.Acceptor;
import synod.paxos.Ballot;
import synod.paxos.Batch;
import synod.paxos.Bytes;
import synod.paxos.Envelope;
import synod.paxos.Event;
import synod.paxos.Input;
import synod.paxos.Learner;
import synod.paxos.LearnerSettings;
import synod.paxos.Message;
import synod.paxos.Outbox;
import synod.paxos.Proposer;
import synod.paxos.ProposerSettings;
import synod.paxos.Quorums;
import synod.paxos.ReplicaId;
import synod.paxos.Role;
import synod.ring.Elector;
import synod.ring.ElectorSettings;
import synod.ring.Ring;
import synod.testing.Samples;

/** A role's actor: what a crash costs it, what it keeps, and what it is not restarted past. */
class RoleActorTest {
  private static final ReplicaId ONE = new ReplicaId(1);
  private static final ReplicaId TWO = new ReplicaId(2);
  private static final List<ReplicaId> REPLICAS = List.of(ONE, TWO, new ReplicaId(3));
  private static final Quorums QUORUMS = Quorums.majority(3);
  private static final Ballot B5 = new Ballot(5, TWO);
  private static final ProposerSettings PROPOSER =
      new ProposerSettings(
          REPLICAS,
          QUORUMS,
          new ProposerSettings.Timing(100, 300, 1000),
          new ProposerSettings.Sizes(8, 1024, 4096));
  private static final Settings.Supervision LIMIT =
      new Settings.Supervision(3, Duration.ofMinutes(1));

  private final ActorTestKit kit = ActorTestKit.create();
  private final MemoryJournal journal = new MemoryJournal();
  private final Machine machine = Machine.open(new MemoryState());
  private final TestProbe<Envelope<?>> network = probe("network");
  private final TestProbe<Event> events = kit.createTestProbe(Event.class);
  private final List<Event> seen = new CopyOnWriteArrayList<>();
  private final AtomicLong clock = new AtomicLong(1_000);

  @SuppressWarnings({"unchecked", "rawtypes"})
  private TestProbe<Envelope<?>> probe(String name) {
    return (TestProbe) kit.createTestProbe(name, Envelope.class);
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private final Tap tap = new Tap(ONE, 1);
  private final Waits waits = new Waits();

  /** What is told of the disk: roles that synced, and as what they did so. */
  private static final class Waits implements DiskWatch {
    private final List<String> told = new CopyOnWriteArrayList<>();

    @Override
    public void begins(RoleName role) {
      told.add("begins");
    }

    @Override
    public void synced(RoleName role, long nanos) {
      told.add(role + (nanos > 0 ? " synced" : " took no time"));
    }

    @Override
    public void ends(RoleName role) {
      told.add("ends");
    }
  }

  private Surroundings around() {
    Outbox.Owner owner = new Outbox.Owner(ONE, journal, network.getRef()::tell, this::see);
    return new Surroundings(
        owner,
        new Surroundings.Border(
            envelope -> envelope.to().equals(ONE),
            none -> false,
            envelope -> Links.isOfTheRing(envelope.message())),
        clock::get,
        new Surroundings.Onlookers(waits, tap));
  }

  private void see(Event event) {
    seen.add(event);
    events.getRef().tell(event);
  }

  private <M extends Message> ActorRef<Input<M>> spawn(
      RoleName name, Class<M> messages, RoleFactory.Maker<M> maker) {
    RoleHost<M> host = new RoleHost<>(name, messages, maker::make, around());
    ActorRef<Input<M>> actor = kit.spawn(RoleActor.supervised(host, LIMIT), name.toString());
    actor.tell(new Signal.Begin<>());
    return actor;
  }

  private ActorRef<Input<Message.ToAcceptor>> acceptor() {
    return spawn(
        RoleName.ACCEPTOR,
        Message.ToAcceptor.class,
        () -> new Acceptor(journal, Samples.ACCEPTING));
  }

  private static <M extends Message> Envelope<M> fromTwo(M message) {
    return new Envelope<>(TWO, ONE, message);
  }

  private Message next() {
    return network.receiveMessage().message();
  }

  /** The next message of that kind; what is not of it is passed over. */
  private <T extends Message> T next(Class<T> type) {
    Message message = next();
    while (!type.isInstance(message)) {
      message = next();
    }
    return type.cast(message);
  }

  private void awaitRestart() {
    Event event = events.receiveMessage();
    while (!(event instanceof Event.RoleStarted started && started.restarts() > 0)) {
      event = events.receiveMessage();
    }
  }

  // ---------------------------------------------------------------- what is told of the disk

  @Test
  void whoeverLooksOnHearsOfASyncBeforeWhatWaitedForItLeaves() {
    ActorRef<Input<Message.ToAcceptor>> acceptor = acceptor();

    acceptor.tell(fromTwo(new Message.Prepare(B5, 1)));

    next(Message.Promise.class);
    assertTrue(waits.told.containsAll(List.of("begins", "acceptor synced")), waits.told::toString);
    assertFalse(waits.told.contains("acceptor took no time"), waits.told::toString);
  }

  // ---------------------------------------------------------------- what a crash keeps

  @Test
  void theAcceptorKeepsItsPromiseAndWhatItAccepted() {
    ActorRef<Input<Message.ToAcceptor>> acceptor = acceptor();
    Batch batch = new Batch(1, Bytes.utf8("x"));
    acceptor.tell(fromTwo(new Message.Prepare(B5, 1)));
    acceptor.tell(fromTwo(new Message.Accept(B5, 1, batch, 0)));
    next(Message.Accepted.class);

    acceptor.tell(new Signal.Crash<>("test"));
    awaitRestart();

    acceptor.tell(fromTwo(new Message.Prepare(new Ballot(4, TWO), 1)));
    assertEquals(new Message.Rejected(new Ballot(4, TWO), B5), next(Message.Rejected.class));
    Ballot higher = new Ballot(6, TWO);
    acceptor.tell(fromTwo(new Message.Prepare(higher, 1)));
    assertEquals(
        new Message.Promise(higher, 1, List.of(new Acceptance(1, B5, batch)), 0, 0, 0),
        next(Message.Promise.class));
  }

  @Test
  void theAcceptorSaysNothingOfWhatACrashKeptItFromSyncing() {
    CountDownLatch gathered = new CountDownLatch(1);
    ActorRef<Input<Message.ToAcceptor>> acceptor =
        spawn(RoleName.ACCEPTOR, Message.ToAcceptor.class, () -> slowAcceptor(gathered));
    next(acceptor);
    int before = journal.syncs();

    acceptor.tell(fromTwo(new Message.Known(1)));
    acceptor.tell(fromTwo(new Message.Accept(B5, 1, Batch.noOp(1), 0)));
    acceptor.tell(new Signal.Crash<>("before the flush"));
    gathered.countDown();
    awaitRestart();
    assertEquals(new Message.Voting(true), next());
    acceptor.tell(fromTwo(new Message.Confirm(B5, 1)));

    assertEquals(new Message.Confirmed(B5, 1, 0), next(), "and no accepted");
    assertTrue(journal.syncs() > before, "it syncs what it shows before it speaks");
  }

  /** An acceptor that takes its time over a {@link Message.Known}, so that more can gather. */
  private Role<Message.ToAcceptor> slowAcceptor(CountDownLatch gathered) {
    Acceptor acceptor = new Acceptor(journal, Samples.ACCEPTING);
    return new Role<>() {
      @Override
      public void start(long now, Outbox outbox) {
        acceptor.start(now, outbox);
      }

      @Override
      public void receive(Envelope<Message.ToAcceptor> envelope, Outbox outbox) {
        if (envelope.message() instanceof Message.Known) {
          awaitUninterruptibly(gathered);
        }
        acceptor.receive(envelope, outbox);
      }

      @Override
      public void tick(long now, Outbox outbox) {
        acceptor.tick(now, outbox);
      }
    };
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      assertTrue(latch.await(1, TimeUnit.MINUTES));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits until the actor has taken all that was sent to it so far. */
  private void next(ActorRef<Input<Message.ToAcceptor>> acceptor) {
    acceptor.tell(fromTwo(new Message.Confirm(new Ballot(1, TWO), 99)));
    next(Message.Confirmed.class);
  }

  @Test
  void aProposerNeverUsesABallotTwice() {
    Set<Ballot> used = new TreeSet<>();
    ActorRef<Input<Message.ToProposer>> proposer = proposer();

    for (int life = 0; life <= LIMIT.restarts(); life++) {
      proposer.tell(new Envelope<>(ONE, ONE, new Message.Lead(0, 0)));
      Ballot ballot = next(Message.Prepare.class).ballot();
      assertTrue(used.add(ballot), ballot + " again in " + used);
      assertEquals(ballot, journal.ownBallot(), "durable before it left");
      if (life < LIMIT.restarts()) {
        proposer.tell(new Signal.Crash<>("test"));
        awaitRestart();
        next(Message.ProposerStarted.class);
      }
    }
  }

  private ActorRef<Input<Message.ToProposer>> proposer() {
    return spawn(
        RoleName.PROPOSER, Message.ToProposer.class, () -> new Proposer(journal, PROPOSER));
  }

  @Test
  void theLearnerGoesOnFromItsAppliedSlot() {
    ActorRef<Input<Message.ToLearner>> learner = learner();
    learner.tell(fromTwo(new Message.Journaled(B5, 1, Batch.noOp(1), 0)));
    learner.tell(fromTwo(new Message.Chosen(B5, 1)));
    assertEquals(1, next(Message.Applied.class).slot());

    learner.tell(new Signal.Crash<>("test"));
    awaitRestart();
    learner.tell(fromTwo(new Message.Journaled(B5, 2, Batch.noOp(2), 2)));

    assertEquals(2, next(Message.Applied.class).slot());
  }

  private ActorRef<Input<Message.ToLearner>> learner() {
    LearnerSettings settings =
        new LearnerSettings(REPLICAS, QUORUMS, 8, 500, LearnerSettings.Retain.ALL);
    return spawn(
        RoleName.LEARNER, Message.ToLearner.class, () -> new Learner(journal, machine, settings));
  }

  private ActorRef<Input<Message.ToElector>> elector() {
    return spawn(RoleName.ELECTOR, Message.ToElector.class, () -> newElector(this));
  }

  // ---------------------------------------------------------------- a crash at every message

  @TestFactory
  Stream<DynamicTest> theReferenceOfTheAcceptorOutlivesACrashAtEveryKindOfMessage() {
    return kinds(Message.ToAcceptor.class)
        .map(
            kind ->
                DynamicTest.dynamicTest(
                    kind.getSimpleName(),
                    () -> {
                      RoleActorTest fresh = new RoleActorTest();
                      fresh.crashAt(
                          RoleName.ACCEPTOR,
                          Message.ToAcceptor.class,
                          kind,
                          new Acceptor(fresh.journal, Samples.ACCEPTING));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> theReferenceOfTheLearnerOutlivesACrashAtEveryKindOfMessage() {
    return kinds(Message.ToLearner.class)
        .map(
            kind ->
                DynamicTest.dynamicTest(
                    kind.getSimpleName(),
                    () -> {
                      RoleActorTest fresh = new RoleActorTest();
                      LearnerSettings settings =
                          new LearnerSettings(
                              REPLICAS, QUORUMS, 8, 500, LearnerSettings.Retain.ALL);
                      fresh.crashAt(
                          RoleName.LEARNER,
                          Message.ToLearner.class,
                          kind,
                          new Learner(fresh.journal, fresh.machine, settings));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> theReferenceOfTheProposerOutlivesACrashAtEveryKindOfMessage() {
    return kinds(Message.ToProposer.class)
        .map(
            kind ->
                DynamicTest.dynamicTest(
                    kind.getSimpleName(),
                    () -> {
                      RoleActorTest fresh = new RoleActorTest();
                      fresh.crashAt(
                          RoleName.PROPOSER,
                          Message.ToProposer.class,
                          kind,
                          new Proposer(fresh.journal, PROPOSER));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> theReferenceOfTheElectorOutlivesACrashAtEveryKindOfMessage() {
    return kinds(Message.ToElector.class)
        .map(
            kind ->
                DynamicTest.dynamicTest(
                    kind.getSimpleName(),
                    () -> {
                      RoleActorTest fresh = new RoleActorTest();
                      fresh.crashAt(
                          RoleName.ELECTOR, Message.ToElector.class, kind, newElector(fresh));
                    }));
  }

  private static Elector newElector(RoleActorTest test) {
    return new Elector(
        new Elector.Origin(ONE, test.journal.promised()),
        Ring.of(REPLICAS),
        ElectorSettings.DEFAULTS,
        new java.util.SplittableRandom(1));
  }

  private static Stream<Class<?>> kinds(Class<?> group) {
    return Arrays.stream(group.getPermittedSubclasses());
  }

  /** The role throws when it gets its first message of that kind, and takes the second. */
  private <M extends Message> void crashAt(
      RoleName name, Class<M> messages, Class<?> kind, Role<M> role) {
    try {
      List<Message> taken = new ArrayList<>();
      AtomicBoolean crashed = new AtomicBoolean();
      Role<M> fragile = new FragileRole<>(role, kind, taken, crashed);
      ActorRef<Input<M>> actor = spawn(name, messages, () -> fragile);
      M message = messages.cast(Samples.of(kind));

      actor.tell(new Envelope<>(TWO, ONE, message));
      awaitRestart();
      actor.tell(new Envelope<>(TWO, ONE, message));

      events.awaitAssert(
          () -> {
            assertEquals(List.of(message), taken);
            return null;
          });
    } finally {
      stop();
    }
  }

  private record FragileRole<M extends Message>(
      Role<M> inner, Class<?> kind, List<Message> taken, AtomicBoolean crashed) implements Role<M> {
    @Override
    public void start(long now, Outbox outbox) {
      inner.start(now, outbox);
    }

    @Override
    public void receive(Envelope<M> envelope, Outbox outbox) {
      if (kind.isInstance(envelope.message()) && crashed.compareAndSet(false, true)) {
        throw new IllegalStateException("fragile");
      }
      inner.receive(envelope, outbox);
      taken.add(envelope.message());
    }

    @Override
    public void tick(long now, Outbox outbox) {
      inner.tick(now, outbox);
    }
  }

  // ---------------------------------------------------------------- what is not restarted past

  @Test
  void aPoisonedStoreEndsTheActorAndIsNotRestartedPast() {
    ActorRef<Input<Message.ToAcceptor>> acceptor = acceptor();
    journal.poison();

    acceptor.tell(fromTwo(new Message.Accept(B5, 1, Batch.noOp(1), 0)));

    TestProbe<Object> watcher = kit.createTestProbe();
    watcher.expectTerminated(acceptor);
    assertFalse(
        seen.stream().anyMatch(e -> e instanceof Event.RoleStarted s && s.restarts() > 0),
        "no second life");
  }

  @Test
  void aRoleThatCrashesTooOftenStops() {
    ActorRef<Input<Message.ToElector>> elector = elector();

    for (int i = 0; i <= LIMIT.restarts(); i++) {
      elector.tell(new Signal.Crash<>("again"));
    }

    kit.createTestProbe().expectTerminated(elector);
  }

  @Test
  void anErrorIsNotRestartedPast() {
    Role<Message.ToAcceptor> broken =
        new Role<>() {
          @Override
          public void start(long now, Outbox outbox) {}

          @Override
          public void receive(Envelope<Message.ToAcceptor> envelope, Outbox outbox) {
            throw new AssertionError("an invariant does not hold");
          }

          @Override
          public void tick(long now, Outbox outbox) {}
        };
    ActorRef<Input<Message.ToAcceptor>> acceptor =
        spawn(RoleName.ACCEPTOR, Message.ToAcceptor.class, () -> broken);

    acceptor.tell(fromTwo(new Message.Known(1)));

    kit.createTestProbe().expectTerminated(acceptor);
  }

  // ---------------------------------------------------------------- the rest

  @Test
  void oneSyncCoversAllThatHasGathered() {
    ActorRef<Input<Message.ToAcceptor>> acceptor = acceptor();
    next(acceptor);
    int before = journal.syncs();
    int accepts = 200;

    for (int slot = 1; slot <= accepts; slot++) {
      acceptor.tell(fromTwo(new Message.Accept(B5, slot, Batch.noOp(1), 0)));
    }
    for (int slot = 1; slot <= accepts; slot++) {
      next(Message.Accepted.class);
    }

    assertTrue(journal.syncs() - before < accepts, "syncs: " + (journal.syncs() - before));
  }

  @Test
  void whatIsNotForThisRoleOrNotFromAReplicaIsDropped() {
    ActorRef<Input<Message.ToAcceptor>> acceptor = acceptor();
    Envelope<Message.ToAcceptor> misdirected = new Envelope<>(TWO, TWO, new Message.Prepare(B5, 1));

    acceptor.tell(misdirected);
    acceptor.tell(fromTwo(new Message.Confirm(new Ballot(1, TWO), 7)));

    assertEquals(7, next(Message.Confirmed.class).round(), "no promise was made");
  }

  /** An idle replica's elector looked at the time a while ago; its token must not skip anybody. */
  @Test
  void aTokensHopBeginsWhenTheTokenComes() {
    ActorRef<Input<Message.ToElector>> elector =
        spawn(RoleName.ELECTOR, Message.ToElector.class, () -> newElector(this));
    elector.tell(fromTwo(new Message.Ping(6)));
    next(Message.Pong.class);
    var entry = new Message.TokenEntry(TWO, true, B5, 0, true, REPLICAS);
    clock.set(1_200);
    elector.tell(fromTwo(new Message.Token(3, TWO, List.of(entry), false)));
    next(Message.Token.class);

    clock.set(1_210);
    elector.tell(new Signal.Tick<>());
    elector.tell(fromTwo(new Message.Ping(7)));

    Message message = next();
    while (!(message instanceof Message.Pong)) {
      assertFalse(message instanceof Message.Token, "sent on: " + message);
      message = next();
    }
  }

  @Test
  void aTickIsPassedOnToTheRole() {
    ActorRef<Input<Message.ToAcceptor>> acceptor = acceptor();
    acceptor.tell(fromTwo(new Message.Prepare(B5, 1)));
    next(Message.Promise.class);

    acceptor.tell(new Signal.Tick<>());

    assertEquals(new Message.Heard(B5, B5), next(Message.Heard.class));
  }
}
