package synod.replica;

import java.util.function.Consumer;
import synod.kv.Command;
import synod.kv.Outcome;
import synod.kv.Query;
import synod.paxos.Envelope;
import synod.paxos.Input;
import synod.paxos.Message;

/** What only the own replica tells an actor that hosts a role or the gateway. */
sealed interface Signal<M extends Message> extends Input<M> {

  /** All actors of the replica are there: the first life may begin. */
  record Begin<M extends Message>() implements Signal<M> {}

  /** Time goes on. */
  record Tick<M extends Message>() implements Signal<M> {}

  /** From the actor to itself, behind all that has gathered in its mailbox meanwhile. */
  record Flush<M extends Message>() implements Signal<M> {}

  /** Throw: a person or a test wants to see the role come back. */
  record Crash<M extends Message>(String why) implements Signal<M> {}

  /**
   * An envelope while somebody traces, with the identity by which its sending is known; the tap is
   * told what becomes of it.
   */
  record Traced<M extends Message>(String id, Envelope<M> envelope, Tap tap) implements Signal<M> {}

  /** From the door: whoever asks waits for an outcome. */
  sealed interface Asked extends Signal<Message.ToGateway> {
    Consumer<Outcome> then();
  }

  record Write(Command command, Consumer<Outcome> then) implements Asked {}

  record Read(Query query, Consumer<Outcome> then) implements Asked {}
}
