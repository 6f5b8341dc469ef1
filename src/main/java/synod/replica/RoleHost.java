package synod.replica;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import synod.paxos.Envelope;
import synod.paxos.Event;
import synod.paxos.Message;
import synod.paxos.Outbox;
import synod.paxos.Role;

/**
 * What outlives a crash of a role: how to build it anew, and what it speaks through.
 *
 * @param <M> the messages of the role
 */
final class RoleHost<M extends Message> {
  private final RoleName name;
  private final Class<M> messages;
  private final Supplier<Role<M>> role;
  private final Surroundings around;
  private final AtomicInteger lives = new AtomicInteger();

  RoleHost(RoleName name, Class<M> messages, Supplier<Role<M>> role, Surroundings around) {
    this.name = name;
    this.messages = messages;
    this.role = role;
    this.around = around;
  }

  RoleName name() {
    return name;
  }

  long now() {
    return around.clock().getAsLong();
  }

  boolean hasLived() {
    return lives.get() > 0;
  }

  /** A new life, built from what is durable. */
  Life<M> begin() {
    int restarts = lives.getAndIncrement();
    around.owner().events().accept(new Event.RoleStarted(name.toString(), restarts));
    Outbox outbox =
        name.writes() ? Outbox.writing(around.owner()) : Outbox.speaking(around.owner());
    Life<M> life = new Life<>(role.get(), outbox);
    life.role().start(now(), outbox);
    return life;
  }

  Tap tap() {
    return around.onlookers().tap();
  }

  record Life<M extends Message>(Role<M> role, Outbox outbox) {}

  /** Waits for the disk and speaks; if the disk fails, the wait never ends. */
  void flush(Outbox outbox) {
    DiskWatch disk = around.onlookers().disk();
    disk.begins(name);
    sync(outbox);
    outbox.release();
    disk.ends(name);
  }

  private void sync(Outbox outbox) {
    if (outbox.needsSync()) {
      long began = System.nanoTime();
      outbox.sync();
      long took = System.nanoTime() - began;
      around.onlookers().disk().synced(name, took);
      tap().synced(name, took);
    }
  }

  void crashed(Throwable why) {
    around.owner().events().accept(new Event.RoleCrashed(name.toString(), String.valueOf(why)));
  }

  /** The token comes from actor to actor, past the links that drop all else of such a peer. */
  boolean isCutOff(Envelope<M> envelope) {
    return around.border().cut().test(envelope);
  }

  /** Whether the role has to look at the time before it takes this. */
  boolean looksFirst(Envelope<M> envelope) {
    return around.border().pastThePulse().test(envelope);
  }

  /** Anyone who can connect can send anything: only a replica's message for this role counts. */
  boolean admits(Envelope<M> envelope) {
    return messages.isInstance(envelope.message()) && around.border().admits().test(envelope);
  }
}
