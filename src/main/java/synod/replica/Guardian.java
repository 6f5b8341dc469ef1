package synod.replica;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.MailboxSelector;
import akka.actor.typed.Props;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import synod.paxos.Event;
import synod.paxos.Input;
import synod.paxos.Message;
import synod.paxos.Network;
import synod.paxos.Outbox;
import synod.paxos.ReplicaId;

/**
 * The root of a replica's actors: spawns the roles, each under its supervision, and the gateway,
 * and ends the replica when one of them has stopped for good.
 *
 * <pre>
 *   guardian
 *    |- proposer, acceptor, learner, elector   restarted after an exception, within a limit
 *    |- gateway                                not restarted
 *    `- membership                             watches Akka Cluster, for display
 * </pre>
 */
final class Guardian {
  private static final Props MAILBOX = MailboxSelector.fromConfig("synod.mailbox");
  private static final Props ON_THE_LOOP =
      MAILBOX.withDispatcherFromConfig("synod.role-dispatcher");

  private final ActorContext<Void> context;
  private final Wiring wiring;
  private final RoleFactory factory;
  private final Links links;
  private final Surroundings around;

  private Guardian(ActorContext<Void> context, Wiring wiring, Links links, Events events) {
    this.context = context;
    this.wiring = wiring;
    MonotonicClock clock = new MonotonicClock();
    this.factory = new RoleFactory(wiring, clock);
    this.links = links;
    links.connectRing(ring());
    Network network = wiring.hooks().network(links);
    this.around =
        new Surroundings(
            new Outbox.Owner(
                wiring.self(),
                wiring.memory().journal(),
                network,
                events.andThen(links.tap()::happened).andThen(this::found)),
            new Surroundings.Border(
                links::admits,
                envelope -> links.cuts().has(envelope.from()),
                envelope -> Links.isOfTheRing(envelope.message())),
            clock,
            new Surroundings.Onlookers(events.disk(), links.tap()));
  }

  /** The first slot, which no other cluster has, gives the cluster its number. */
  private void found(Event event) {
    if (event instanceof Event.Applied applied && applied.slot() == 1) {
      wiring.memory().machine().summaries(1, 1).stream()
          .filter(summary -> summary.applied() == 1)
          .forEach(summary -> wiring.memory().cluster().found(summary.chain()));
    }
  }

  /** {@code started} gets the roles once they live. */
  static Behavior<Void> of(Wiring wiring, Links links, Events events, Consumer<Roles> started) {
    return Behaviors.setup(
        context -> {
          Roles roles = new Guardian(context, wiring, links, events).spawn();
          roles.begin();
          started.accept(roles);
          return Behaviors.receive(Void.class)
              .onSignal(ChildFailed.class, failed -> end(wiring, failed, why(wiring, failed)))
              .onSignal(Terminated.class, stopped -> end(wiring, stopped, "it stopped"))
              .build();
        });
  }

  private static String why(Wiring wiring, ChildFailed failed) {
    Throwable cause = failed.cause();
    return RoleName.of(failed.getRef().path().name()).isPresent()
        ? RoleActor.whyStopped(cause, wiring.settings().supervision())
        : String.valueOf(cause);
  }

  private static Behavior<Void> end(Wiring wiring, Terminated stopped, String why) {
    wiring.fatal().accept(stopped.getRef().path().name() + " cannot go on: " + why);
    return Behaviors.stopped();
  }

  private Roles spawn() {
    Roles roles =
        new Roles(
            role(RoleName.PROPOSER, Message.ToProposer.class, factory.proposer()),
            role(RoleName.ACCEPTOR, Message.ToAcceptor.class, factory.acceptor()),
            role(RoleName.LEARNER, Message.ToLearner.class, factory.learner()),
            role(RoleName.ELECTOR, Message.ToElector.class, factory.elector()),
            watched(
                context.spawn(
                    GatewayActor.hosting(factory.gateway(), around), "gateway", ON_THE_LOOP)));
    links.connectOwn(roles);
    return roles;
  }

  private <M extends Message> ActorRef<Input<M>> role(
      RoleName name, Class<M> messages, RoleFactory.Maker<M> maker) {
    RoleHost<M> host =
        new RoleHost<>(name, messages, () -> wiring.hooks().role(name, maker.make()), around);
    Behavior<Input<M>> behavior = RoleActor.supervised(host, wiring.settings().supervision());
    return watched(context.spawn(behavior, name.toString(), dispatcher(name)));
  }

  /** The acceptor waits for its disk: on a thread of its own, so that nobody waits with it. */
  private static Props dispatcher(RoleName name) {
    return name == RoleName.ACCEPTOR
        ? MAILBOX.withDispatcherFromConfig("synod.acceptor-dispatcher")
        : ON_THE_LOOP;
  }

  private <T> ActorRef<T> watched(ActorRef<T> child) {
    context.watch(child);
    return child;
  }

  /** By path alone: such a reference outlives restarts of its peer. */
  private Map<ReplicaId, ActorRef<Input<Message.ToElector>>> ring() {
    ActorRefResolver resolver = ActorRefResolver.get(context.getSystem());
    Map<ReplicaId, ActorRef<Input<Message.ToElector>>> ring = new TreeMap<>();
    for (Settings.Member member : wiring.settings().replicas()) {
      if (!member.id().equals(wiring.self())) {
        String system = AkkaSettings.address(wiring.settings(), member);
        ring.put(member.id(), resolver.resolveActorRef(system + "/user/" + RoleName.ELECTOR));
      }
    }
    return ring;
  }
}
