package synod.sim;

import java.util.Optional;
import java.util.function.Consumer;
import synod.paxos.Envelope;
import synod.paxos.Event;
import synod.paxos.Message;
import synod.paxos.Outbox;
import synod.paxos.Role;
import synod.paxos.StoreException;

/** Hosts a role as production's actor does, without one. */
final class PlainHost<M extends Message> implements Host {
  private final Part<M> part;
  private Optional<Life<M>> life = Optional.empty();
  private int lives;

  private record Life<M extends Message>(Role<M> role, Outbox out) {
    void settle() {
      if (!out.needsSync()) {
        out.release();
      }
    }
  }

  PlainHost(Part<M> part) {
    this.part = part;
  }

  @Override
  public void start() {
    guarded(this::begin);
  }

  private void begin() {
    part.owner().events().accept(new Event.RoleStarted(part.name(), lives++));
    Outbox out = part.writes() ? Outbox.writing(part.owner()) : Outbox.speaking(part.owner());
    Life<M> next = new Life<>(part.role().get(), out);
    life = Optional.of(next);
    next.role().start(part.clock().getAsLong(), out);
    next.settle();
  }

  @Override
  public void receive(Envelope<?> envelope) {
    M message = part.messages().cast(envelope.message());
    Envelope<M> typed = new Envelope<>(envelope.from(), envelope.to(), message);
    step(now -> now.role().receive(typed, now.out()));
  }

  @Override
  public void tick() {
    step(now -> now.role().tick(part.clock().getAsLong(), now.out()));
  }

  private void step(Consumer<Life<M>> what) {
    guarded(
        () -> {
          Life<M> now = life.orElseThrow();
          what.accept(now);
          now.settle();
        });
  }

  @Override
  public boolean waitsForDisk() {
    return life.filter(now -> now.out().needsSync()).isPresent();
  }

  @Override
  public void flush() {
    guarded(() -> life.orElseThrow().out().release());
  }

  /** After a failure of the store nobody goes on; after another crash the role lives anew. */
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (FragileRole.Crash crash) {
      crash();
    } catch (StoreException e) {
      crashed();
      throw e;
    }
  }

  @Override
  public void crash() {
    crashed();
    start();
  }

  private void crashed() {
    part.owner().events().accept(new Event.RoleCrashed(part.name(), "on purpose"));
  }
}
