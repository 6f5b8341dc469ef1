package synod.replica;

import akka.actor.typed.ActorRef;
import synod.paxos.Envelope;
import synod.paxos.Input;
import synod.paxos.Message;

/** The actors of one replica, each typed by what it understands. */
record Roles(
    ActorRef<Input<Message.ToProposer>> proposer,
    ActorRef<Input<Message.ToAcceptor>> acceptor,
    ActorRef<Input<Message.ToLearner>> learner,
    ActorRef<Input<Message.ToElector>> elector,
    ActorRef<Input<Message.ToGateway>> gateway) {

  /** An envelope, or a traced one. */
  void deliver(Input<?> input) {
    Message message = message(input);
    if (message instanceof Message.ToAcceptor) {
      acceptor.tell(typed(input));
    } else if (message instanceof Message.ToLearner) {
      learner.tell(typed(input));
    } else if (message instanceof Message.ToProposer) {
      proposer.tell(typed(input));
    } else if (message instanceof Message.ToGateway) {
      gateway.tell(typed(input));
    } else if (message instanceof Message.ToElector) {
      elector.tell(typed(input));
    }
  }

  private static Message message(Input<?> input) {
    return input instanceof Signal.Traced<?> traced
        ? traced.envelope().message()
        : ((Envelope<?>) input).message();
  }

  /** The kind of the message has just been looked at. */
  @SuppressWarnings("unchecked")
  private static <M extends Message> Input<M> typed(Input<?> input) {
    return (Input<M>) input;
  }

  /** As above. */
  @SuppressWarnings("unchecked")
  static <M extends Message> Envelope<M> as(Envelope<?> envelope) {
    return (Envelope<M>) envelope;
  }

  /** Time goes on: one wake-up of a thread for all of them, and one for the acceptor's. */
  void tick() {
    elector.tell(new Signal.Tick<>());
    gateway.tell(new Signal.Tick<>());
    acceptor.tell(new Signal.Tick<>());
    learner.tell(new Signal.Tick<>());
    proposer.tell(new Signal.Tick<>());
  }

  ActorRef<? extends Input<?>> of(RoleName role) {
    return switch (role) {
      case PROPOSER -> proposer;
      case ACCEPTOR -> acceptor;
      case LEARNER -> learner;
      case ELECTOR -> elector;
    };
  }

  void crash(RoleName role, String why) {
    switch (role) {
      case PROPOSER -> proposer.tell(new Signal.Crash<>(why));
      case ACCEPTOR -> acceptor.tell(new Signal.Crash<>(why));
      case LEARNER -> learner.tell(new Signal.Crash<>(why));
      case ELECTOR -> elector.tell(new Signal.Crash<>(why));
    }
  }

  void begin() {
    elector.tell(new Signal.Begin<>());
    gateway.tell(new Signal.Begin<>());
    acceptor.tell(new Signal.Begin<>());
    learner.tell(new Signal.Begin<>());
    proposer.tell(new Signal.Begin<>());
  }
}
