package synod.paxos;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import synod.memory.MemoryJournal;

/** A replica's outbox and journal, and all that a role said through them. */
final class Ear {
  private final ReplicaId self;
  private final MemoryJournal journal;
  private final List<Envelope<?>> said = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final Outbox outbox;

  Ear(int self) {
    this(self, new MemoryJournal());
  }

  Ear(int self, MemoryJournal journal) {
    this.journal = journal;
    this.self = new ReplicaId(self);
    this.outbox = newLife();
  }

  Outbox newLife() {
    return Outbox.writing(new Outbox.Owner(self, journal, said::add, events::add));
  }

  MemoryJournal journal() {
    return journal;
  }

  Outbox outbox() {
    return outbox;
  }

  List<Event> events() {
    return List.copyOf(events);
  }

  /** What was said to that replica since the last time, as messages. */
  List<Message> said(int to) {
    outbox.release();
    List<Message> messages = new ArrayList<>();
    said.stream().filter(e -> e.to().number() == to).forEach(e -> messages.add(e.message()));
    said.removeIf(e -> e.to().number() == to);
    return messages;
  }

  /** All that was said since the last time. */
  List<Envelope<?>> all() {
    outbox.release();
    List<Envelope<?>> all = List.copyOf(said);
    said.clear();
    return all;
  }

  /** What was said of one kind since the last time; all else is forgotten. */
  <T extends Message> List<T> only(Class<T> kind) {
    return all().stream().map(Envelope::message).filter(kind::isInstance).map(kind::cast).toList();
  }

  <T extends Message> Optional<T> last(Class<T> kind) {
    List<T> found = only(kind);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
  }

  <M extends Message> void tell(Role<M> role, int from, M message) {
    role.receive(new Envelope<>(new ReplicaId(from), self, message), outbox);
  }

  static Ballot ballot(long round, int replica) {
    return new Ballot(round, new ReplicaId(replica));
  }

  static Batch batch(String commands) {
    return new Batch(0, Bytes.utf8(commands));
  }

  static List<ReplicaId> replicas(int count) {
    List<ReplicaId> ids = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      ids.add(new ReplicaId(i));
    }
    return ids;
  }
}
