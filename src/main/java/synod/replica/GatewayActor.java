package synod.replica;

import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import synod.kv.Gateway;
import synod.paxos.Envelope;
import synod.paxos.Input;
import synod.paxos.Message;
import synod.paxos.Outbox;

/**
 * Hosts the gateway. What its clients ask is gathered until a flush that the actor sends to itself,
 * so that under load one message to the leader bears many commands, and a lone one waits for
 * nobody.
 *
 * <p>It is not restarted: it owns commands that nobody else knows. An exception ends the process.
 * However it stops, whoever waits for an outcome gets one then.
 */
final class GatewayActor {
  private final ActorContext<Input<Message.ToGateway>> context;
  private final Gateway gateway;
  private final Outbox outbox;
  private final Surroundings around;
  private boolean flushing;

  private GatewayActor(
      ActorContext<Input<Message.ToGateway>> context, Gateway gateway, Surroundings around) {
    this.context = context;
    this.gateway = gateway;
    this.around = around;
    this.outbox = Outbox.speaking(around.owner());
  }

  static Behavior<Input<Message.ToGateway>> hosting(Gateway gateway, Surroundings around) {
    return Behaviors.setup(
        context -> {
          GatewayActor actor = new GatewayActor(context, gateway, around);
          return Behaviors.receive(
              (same, input) -> {
                actor.take(input);
                return Behaviors.same();
              },
              (same, signal) -> {
                if (signal instanceof PostStop) {
                  actor.gateway.end();
                }
                return Behaviors.same();
              });
        });
  }

  private void take(Input<Message.ToGateway> input) {
    if (input instanceof Signal.Write write) {
      gateway.write(write.command(), write.then());
      flushSoon();
    } else if (input instanceof Signal.Read read) {
      gateway.read(read.query(), read.then());
      flushSoon();
    } else if (input instanceof Signal.Flush) {
      flushing = false;
      gateway.flush(outbox);
    } else if (input instanceof Signal.Tick) {
      gateway.tick(around.clock().getAsLong(), outbox);
    } else if (input instanceof Signal.Begin) {
      gateway.start(around.clock().getAsLong(), outbox);
    } else if (input instanceof Envelope<Message.ToGateway> envelope) {
      receive(envelope);
    } else if (input instanceof Signal.Traced<Message.ToGateway> traced) {
      around.onlookers().tap().received(traced);
      receive(traced.envelope());
    }
    outbox.release();
  }

  private void receive(Envelope<Message.ToGateway> envelope) {
    boolean understood = ((Envelope<?>) envelope).message() instanceof Message.ToGateway;
    if (understood && around.border().admits().test(envelope)) {
      gateway.receive(envelope, outbox);
    } else {
      context.getLog().warn("dropped {}: not for the gateway here", envelope);
    }
  }

  private void flushSoon() {
    if (!flushing) {
      flushing = true;
      context.getSelf().tell(new Signal.Flush<>());
    }
  }
}
