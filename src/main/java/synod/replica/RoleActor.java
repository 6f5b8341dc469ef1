package synod.replica;

import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import synod.paxos.Envelope;
import synod.paxos.Input;
import synod.paxos.Message;
import synod.paxos.StoreException;

/**
 * Hosts a role, whichever of the four it is. It has no protocol logic and no state: it hands inputs
 * to the role and releases the outbox, at once if nothing has to be synced, else by a flush that it
 * sends to itself, so that one sync covers all that has gathered in the mailbox by then.
 *
 * <p>A crash of the role costs the message in hand and whatever the outbox held. Supervision builds
 * the role anew; the reference and the mailbox live on.
 */
final class RoleActor {
  private RoleActor() {}

  /** Supervised: restarted after any exception but one of the store, within a limit. */
  static <M extends Message> Behavior<Input<M>> supervised(
      RoleHost<M> host, Settings.Supervision limit) {
    Behavior<Input<M>> endsOnStoreFailure =
        Behaviors.supervise(hosting(host))
            .onFailure(StoreException.class, SupervisorStrategy.stop());
    return Behaviors.supervise(endsOnStoreFailure)
        .onFailure(
            Exception.class,
            SupervisorStrategy.restart().withLimit(limit.restarts(), limit.within()));
  }

  /** Why it has stopped, though it was supervised. */
  static String whyStopped(Throwable cause, Settings.Supervision limit) {
    boolean restarted = cause instanceof Exception && !(cause instanceof StoreException);
    return restarted
        ? String.format(
            "it crashed more than %d times within %s, at last by %s",
            limit.restarts(), Units.time(limit.within()), cause)
        : String.valueOf(cause);
  }

  static <M extends Message> Behavior<Input<M>> hosting(RoleHost<M> host) {
    return Behaviors.setup(
        context -> host.hasLived() ? living(host, context) : unborn(host, context));
  }

  /** The other actors of the replica may not be there yet: what comes now is as good as lost. */
  private static <M extends Message> Behavior<Input<M>> unborn(
      RoleHost<M> host, ActorContext<Input<M>> context) {
    return Behaviors.receiveMessage(
        input -> input instanceof Signal.Begin ? living(host, context) : Behaviors.same());
  }

  private static <M extends Message> Behavior<Input<M>> living(
      RoleHost<M> host, ActorContext<Input<M>> context) {
    Steps<M> steps = new Steps<>(host, context);
    steps.settle();
    return Behaviors.receiveMessage(
        input -> {
          steps.take(input);
          return Behaviors.same();
        });
  }

  /** The steps of one life. */
  private static final class Steps<M extends Message> {
    private final RoleHost<M> host;
    private final ActorContext<Input<M>> context;
    private final RoleHost.Life<M> life;
    private boolean flushing;

    Steps(RoleHost<M> host, ActorContext<Input<M>> context) {
      this.host = host;
      this.context = context;
      this.life = host.begin();
    }

    void take(Input<M> input) {
      try {
        step(input);
      } catch (Exception e) {
        host.crashed(e);
        throw e;
      }
    }

    private void step(Input<M> input) {
      if (input instanceof Envelope<M> envelope) {
        if (!host.isCutOff(envelope)) {
          host.tap().arrived(envelope);
          receive(envelope);
        }
      } else if (input instanceof Signal.Traced<M> traced) {
        host.tap().received(traced);
        receive(traced.envelope());
      } else if (input instanceof Signal.Tick) {
        life.role().tick(host.now(), life.outbox());
        settle();
      } else if (input instanceof Signal.Flush) {
        flushing = false;
        host.flush(life.outbox());
      } else if (input instanceof Signal.Crash<M> crash) {
        throw new CrashedOnPurpose(crash.why());
      }
    }

    private void receive(Envelope<M> envelope) {
      if (host.admits(envelope)) {
        if (host.looksFirst(envelope)) {
          life.role().tick(host.now(), life.outbox());
        }
        life.role().receive(envelope, life.outbox());
        settle();
      } else {
        context.getLog().warn("dropped {}: not for the {} here", envelope, host.name());
      }
    }

    private void settle() {
      if (!life.outbox().needsSync()) {
        life.outbox().release();
      } else if (!flushing) {
        flushing = true;
        context.getSelf().tell(new Signal.Flush<>());
      }
    }
  }

  /** Thrown because somebody asked for it. */
  static final class CrashedOnPurpose extends RuntimeException {
    private static final long serialVersionUID = 1;

    CrashedOnPurpose(String why) {
      super(why, null, false, false);
    }
  }
}
