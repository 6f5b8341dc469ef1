package synod.paxos;

/**
 * A role: plain state that changes by steps. A step takes one message or one tick, and puts all
 * that it wants done into the outbox. A role has no thread, clock, disk or network of its own, and
 * every handler is idempotent: messages are lost, doubled, delayed and reordered.
 *
 * <p>Time is given in ms and never falls during one life of a role; between ticks it stands still.
 */
public interface Role<M extends Message> {
  /** The first step of a life, before any other. */
  void start(long now, Outbox outbox);

  void receive(Envelope<M> envelope, Outbox outbox);

  void tick(long now, Outbox outbox);
}
