package synod.replica;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import synod.paxos.Envelope;
import synod.paxos.Event;
import synod.paxos.Input;
import synod.paxos.Message;
import synod.paxos.ReplicaId;
import synod.trace.Entry;
import synod.trace.Fact;
import synod.trace.Said;
import synod.trace.Saying;

/**
 * Where a trace of one replica is tapped. While nobody traces, a message costs one look at an empty
 * list. Any thread.
 *
 * <p>State: who traces, and how many entries and messages there were.
 *
 * <ol>
 *   <li>The place of an entry is never used twice, also not by the next process on the same disk:
 *       its incarnation stands in the upper bits.
 *   <li>Entries are handed on in the order of their places.
 *   <li>A message's identity is known at both ends without the message bearing it. On a link that
 *       is the connection's name and its place there, for TCP keeps order; within a replica a
 *       count; of the ring, whose hops are each taken once, what the message says.
 * </ol>
 */
final class Tap {
  private static final int LIFE_SHIFT = 40;

  private final ReplicaId self;
  private final long incarnation;
  private final List<Consumer<Entry>> followers = new CopyOnWriteArrayList<>();
  private long entries;
  private long messages;

  Tap(ReplicaId self, long incarnation) {
    this.self = self;
    this.incarnation = incarnation;
  }

  Replica.Subscription follow(Consumer<Entry> follower) {
    followers.add(follower);
    return () -> followers.remove(follower);
  }

  boolean isOn() {
    return !followers.isEmpty();
  }

  // ---------------------------------------------------------------- what happens

  void happened(Event event) {
    if (isOn()) {
      write(Saying.happened(event));
    }
  }

  void synced(RoleName role, long nanos) {
    if (isOn()) {
      write(new Fact.Synced(role.toString(), TimeUnit.NANOSECONDS.toMicros(nanos)));
    }
  }

  // ---------------------------------------------------------------- what leaves

  /** What a role says to one of its own replica; in the form in which it is to be delivered. */
  Input<?> own(Envelope<?> envelope) {
    if (!isOn()) {
      return envelope;
    }
    String id = between(envelope) + incarnation + "." + count();
    sent(id, envelope);
    return traced(id, envelope);
  }

  /** It is on the connection, as its so-manyth frame. */
  void sent(Envelope<?> envelope, long connection, long place) {
    if (isOn()) {
      sent(onLink(envelope, connection, place), envelope);
    }
  }

  /** There is no connection, or too much waits for it. */
  void lost(Envelope<?> envelope) {
    if (isOn()) {
      String id = between(envelope) + "lost" + incarnation + "." + count();
      sent(id, envelope);
      write(new Fact.Lost(id, envelope.to().number(), Saying.of(envelope.message())));
    }
  }

  /** It goes from actor to actor. */
  void passed(Envelope<?> envelope) {
    if (isOn()) {
      sent(onRing(envelope), envelope);
    }
  }

  private void sent(String id, Envelope<?> envelope) {
    write(new Fact.Sent(id, envelope.to().number(), Saying.of(envelope.message())));
  }

  // ---------------------------------------------------------------- what arrives

  /** What has come on a link, in the form in which it is to be delivered. */
  Input<?> heard(Envelope<?> envelope, long connection, long place) {
    return isOn() ? traced(onLink(envelope, connection, place), envelope) : envelope;
  }

  /** A role takes it. */
  void received(Signal.Traced<?> traced) {
    if (isOn()) {
      received(traced.id(), traced.envelope());
    }
  }

  /**
   * A role takes what bears no identity: what came from actor to actor, or before the trace began.
   */
  void arrived(Envelope<?> envelope) {
    if (isOn() && !envelope.from().equals(self) && Links.isOfTheRing(envelope.message())) {
      received(onRing(envelope), envelope);
    }
  }

  /** Its role's mailbox is full. */
  void dropped(Signal.Traced<?> traced) {
    if (isOn()) {
      Envelope<?> envelope = traced.envelope();
      Said said = Saying.of(envelope.message());
      write(new Fact.Dropped(traced.id(), envelope.from().number(), said));
    }
  }

  private void received(String id, Envelope<?> envelope) {
    write(new Fact.Received(id, envelope.from().number(), Saying.of(envelope.message())));
  }

  // ---------------------------------------------------------------- identity

  private <M extends Message> Input<M> traced(String id, Envelope<M> envelope) {
    return new Signal.Traced<>(id, envelope, this);
  }

  private static String between(Envelope<?> envelope) {
    return envelope.from() + ">" + envelope.to() + ":";
  }

  private static String onLink(Envelope<?> envelope, long connection, long place) {
    return between(envelope) + Long.toHexString(connection) + "." + place;
  }

  private static String onRing(Envelope<?> envelope) {
    Message message = envelope.message();
    String said =
        message instanceof Message.Token m
            ? "token." + m.round() + "." + m.initiator() + "." + m.path().size()
            : message instanceof Message.TokenAck m
                ? "ack." + m.round() + "." + m.initiator() + "." + m.pathLength()
                : message instanceof Message.Coordinator m
                    ? "coordinator." + m.round() + "." + m.initiator() + "." + m.path().size()
                    : "";
    return between(envelope) + said;
  }

  // ---------------------------------------------------------------- entries

  private synchronized long count() {
    messages++;
    return messages;
  }

  private synchronized void write(Fact fact) {
    entries++;
    long place = (incarnation << LIFE_SHIFT) + entries;
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    Entry entry = new Entry(self.number(), place, micros, fact);
    followers.forEach(follower -> follower.accept(entry));
  }
}
