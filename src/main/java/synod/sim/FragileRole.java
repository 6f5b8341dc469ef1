package synod.sim;

import java.util.function.Predicate;
import synod.paxos.Envelope;
import synod.paxos.Message;
import synod.paxos.Outbox;
import synod.paxos.Role;

/** A role that can crash in the midst of a step: what it wrote is written, and nothing is said. */
final class FragileRole<M extends Message> implements Role<M> {
  private final Role<M> role;
  private final Predicate<Message> breaks;

  FragileRole(Role<M> role, Predicate<Message> breaks) {
    this.role = role;
    this.breaks = breaks;
  }

  static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1;

    Crash() {
      super("in the midst of a step", null, false, false);
    }
  }

  @Override
  public void start(long now, Outbox outbox) {
    role.start(now, outbox);
  }

  @Override
  public void receive(Envelope<M> envelope, Outbox outbox) {
    role.receive(envelope, outbox);
    if (breaks.test(envelope.message())) {
      throw new Crash();
    }
  }

  @Override
  public void tick(long now, Outbox outbox) {
    role.tick(now, outbox);
  }
}
