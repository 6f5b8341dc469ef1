package synod.replica;

import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import java.time.Duration;
import synod.paxos.Envelope;
import synod.paxos.Input;
import synod.paxos.Message;
import synod.paxos.ReplicaId;
import synod.paxos.StoreException;
import synod.sim.Host;
import synod.sim.Part;

/** Hosts a role of the simulator by production's actor, under its supervision. */
public final class ActorHost<M extends Message> implements Host {
  private static final Settings.Supervision LIMIT =
      new Settings.Supervision(1_000_000, Duration.ofDays(1));

  private final BehaviorTestKit<Input<M>> kit;

  public ActorHost(Part<M> part) {
    var around =
        new Surroundings(
            part.owner(),
            new Surroundings.Border(any -> true, none -> false, none -> false),
            part.clock(),
            new Surroundings.Onlookers(DiskWatch.NONE, new Tap(new ReplicaId(1), 1)));
    RoleName name = RoleName.of(part.name()).orElseThrow();
    this.kit =
        BehaviorTestKit.create(
            RoleActor.supervised(
                new RoleHost<>(name, part.messages(), part.role(), around), LIMIT));
  }

  private void run(Input<M> input) {
    kit.run(input);
    if (!kit.isAlive()) {
      throw new StoreException("the actor has stopped");
    }
  }

  @Override
  public void start() {
    run(new Signal.Begin<>());
  }

  @Override
  @SuppressWarnings("unchecked")
  public void receive(Envelope<?> envelope) {
    run((Envelope<M>) envelope);
  }

  @Override
  public void tick() {
    run(new Signal.Tick<>());
  }

  /** It has told itself to flush. */
  @Override
  public boolean waitsForDisk() {
    return kit.selfInbox().hasMessages();
  }

  @Override
  public void flush() {
    kit.selfInbox().getAllReceived().forEach(this::run);
  }

  /** The flush of the life before would find nothing of it to say. */
  @Override
  public void crash() {
    kit.selfInbox().getAllReceived();
    run(new Signal.Crash<>("on purpose"));
  }
}
