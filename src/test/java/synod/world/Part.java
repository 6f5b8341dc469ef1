package synod.world;

import synod.paxos.Envelope;
import synod.paxos.Message;
import synod.paxos.Outbox;
import synod.paxos.Role;

/** One life of a role, hosted as production hosts it: what needs no sync is said at once. */
final class Part<M extends Message> {
  private final Class<M> messages;
  private final Role<M> role;
  private final Outbox out;

  Part(Class<M> messages, Role<M> role, Outbox out) {
    this.messages = messages;
    this.role = role;
    this.out = out;
  }

  void start(long now) {
    role.start(now, out);
    settle();
  }

  boolean takes(Message message) {
    return messages.isInstance(message);
  }

  void receive(Envelope<?> envelope) {
    M message = messages.cast(envelope.message());
    role.receive(new Envelope<>(envelope.from(), envelope.to(), message), out);
    settle();
  }

  void tick(long now) {
    role.tick(now, out);
    settle();
  }

  private void settle() {
    if (!out.needsSync()) {
      out.release();
    }
  }

  /** The disk has answered. */
  void flush() {
    out.release();
  }
}
