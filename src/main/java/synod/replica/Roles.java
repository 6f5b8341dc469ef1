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

  void deliver(Envelope<?> envelope) {
    Message message = envelope.message();
    if (message instanceof Message.ToAcceptor) {
      acceptor.tell(as(envelope));
    } else if (message instanceof Message.ToLearner) {
      learner.tell(as(envelope));
    } else if (message instanceof Message.ToProposer) {
      proposer.tell(as(envelope));
    } else if (message instanceof Message.ToGateway) {
      gateway.tell(as(envelope));
    } else if (message instanceof Message.ToElector) {
      elector.tell(as(envelope));
    }
  }

  /** The kind of the message has just been looked at. */
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
