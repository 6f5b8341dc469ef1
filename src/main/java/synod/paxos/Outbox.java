package synod.paxos;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Collects what the steps of one life of a role want, and is the only place that knows the order
 * <em>write, then speak</em>: nothing that was sent or emitted leaves before all that was written
 * is durable (invariant I4: when a promise or an accepted leaves, the disk already holds it).
 *
 * <p>One sync covers all that has gathered since the last release, whatever the number of steps.
 *
 * <p>A life begins unsynced: an earlier life may have written what it did not live to sync, and the
 * journal shows it all the same.
 */
public final class Outbox {
  private final ReplicaId self;
  private final Journal journal;
  private final Network network;
  private final Consumer<Event> events;
  private final List<Envelope<?>> spoken = new ArrayList<>();
  private final List<Event> emitted = new ArrayList<>();
  private boolean unsynced;

  private Outbox(Owner owner, boolean unsynced) {
    this.self = owner.self;
    this.journal = owner.journal;
    this.network = owner.network;
    this.events = owner.events;
    this.unsynced = unsynced;
  }

  /** The replica whose role speaks, and what it speaks through. */
  public record Owner(ReplicaId self, Journal journal, Network network, Consumer<Event> events) {}

  /** For a role that writes to the journal. */
  public static Outbox writing(Owner owner) {
    return new Outbox(owner, true);
  }

  /** For a role that never writes to the journal: it speaks at once. */
  public static Outbox speaking(Owner owner) {
    return new Outbox(owner, false);
  }

  public ReplicaId self() {
    return self;
  }

  public void promise(Ballot ballot) {
    journal.promise(ballot);
    unsynced = true;
  }

  public void accept(Acceptance acceptance) {
    journal.accept(acceptance);
    unsynced = true;
  }

  public void makeBallot(Ballot ballot) {
    journal.makeBallot(ballot);
    unsynced = true;
  }

  public void truncate(long slot) {
    journal.truncate(slot);
    unsynced = true;
  }

  public void meet(ReplicaId replica, Life life) {
    journal.meet(replica, life);
    unsynced = true;
  }

  /** Durable at once: it happens a few times in the life of a disk. */
  public void stand(Standing standing) {
    journal.stand(standing);
    emit(new Event.Stands(standing));
  }

  public void send(ReplicaId to, Message message) {
    spoken.add(new Envelope<>(self, to, message));
  }

  /** To a role of the own replica. */
  public void sendSelf(Message message) {
    send(self, message);
  }

  public void sendAll(List<ReplicaId> to, Message message) {
    for (ReplicaId replica : to) {
      send(replica, message);
    }
  }

  public void emit(Event event) {
    emitted.add(event);
  }

  /** Whether {@link #release} has to wait for a disk. */
  public boolean needsSync() {
    return unsynced && !(spoken.isEmpty() && emitted.isEmpty());
  }

  /** Writes what was written to disk, if anything waits for that. */
  public void sync() {
    if (needsSync()) {
      journal.sync();
      unsynced = false;
    }
  }

  /** Writes what was written to disk, then says what was said, in order. */
  public void release() {
    sync();
    emitted.forEach(events);
    emitted.clear();
    spoken.forEach(network::send);
    spoken.clear();
  }
}
