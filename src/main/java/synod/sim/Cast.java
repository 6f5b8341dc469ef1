package synod.sim;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import synod.paxos.Acceptor;
import synod.paxos.Learner;
import synod.paxos.Message;
import synod.paxos.Proposer;
import synod.paxos.Role;
import synod.ring.Elector;
import synod.ring.ElectorSettings;

/** Makes the roles of a replica, anew for each life of theirs, over what its disk holds. */
final class Cast {
  private final WholeReplica replica;
  private final Plan plan;
  private final SplittableRandom random;
  private Optional<Elector> elector = Optional.empty();
  private int proposerLives;

  Cast(WholeReplica replica, Plan plan, SplittableRandom random) {
    this.replica = replica;
    this.plan = plan;
    this.random = random;
  }

  /** The one that lives; nobody if the replica is dead. */
  Optional<Elector> elector() {
    return elector;
  }

  /** Which life its proposer lives. */
  int proposerLife() {
    return proposerLives;
  }

  /** The process has ended. */
  void end() {
    elector = Optional.empty();
  }

  /** What a host needs to host the role. */
  Part<?> part(Kind kind) {
    return switch (kind) {
      case PROPOSER -> part(kind, Message.ToProposer.class, this::newProposer, true);
      case ACCEPTOR -> part(kind, Message.ToAcceptor.class, this::newAcceptor, true);
      case LEARNER -> part(kind, Message.ToLearner.class, this::newLearner, false);
      case ELECTOR -> part(kind, Message.ToElector.class, this::newElector, false);
      case GATEWAY -> throw new IllegalArgumentException("a gateway has no host");
    };
  }

  private <M extends Message> Part<M> part(
      Kind kind, Class<M> messages, Supplier<Role<M>> maker, boolean writes) {
    Supplier<Role<M>> fragile =
        () ->
            new FragileRole<>(
                maker.get(), message -> replica.springs(kind, message, Trap.Where.MIDWAY));
    return new Part<>(kind.word(), messages, fragile, writes, replica.owner(), replica::clock);
  }

  private Role<Message.ToAcceptor> newAcceptor() {
    return new Acceptor(replica.disk(), plan.acceptor(), plan.leases(replica::clock));
  }

  private Role<Message.ToLearner> newLearner() {
    return new Learner(replica.disk(), replica.state(), plan.learner());
  }

  private Role<Message.ToProposer> newProposer() {
    proposerLives++;
    return new Proposer(replica.disk(), plan.proposer(), plan.leases(replica::clock));
  }

  private Role<Message.ToElector> newElector() {
    Elector made =
        new Elector(
            new Elector.Origin(replica.self(), replica.disk().promised()),
            plan.ring(),
            ElectorSettings.DEFAULTS,
            random.split());
    elector = Optional.of(made);
    return made;
  }
}
