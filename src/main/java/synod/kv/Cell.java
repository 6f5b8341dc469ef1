package synod.kv;

import java.util.Optional;
import synod.paxos.Bytes;

/**
 * A key as the commands of one slot find it and leave it. State: its record before the slot, and
 * now. A record whose lifetime has ended is as good as none.
 */
final class Cell {
  private final Optional<Bytes> before;
  private final long now;
  private Optional<Bytes> record;

  /**
   * Begins with the record that the store has.
   *
   * @param now the time of the log
   */
  Cell(Optional<Bytes> before, long now) {
    this.before = before;
    this.now = now;
    this.record = before;
  }

  Optional<Bytes> before() {
    return before;
  }

  Optional<Bytes> after() {
    return record;
  }

  boolean isThere() {
    return alive().isPresent();
  }

  Optional<Bytes> value() {
    return alive().map(Stored::value);
  }

  /** 0 if there is no such key. */
  long version() {
    return alive().map(Stored::version).orElse(0L);
  }

  /** {@link Lifetime#NEVER} if there is no such key. */
  long end() {
    return end(alive());
  }

  /** The end in a record, {@link Lifetime#NEVER} if there is none. */
  static long end(Optional<Bytes> record) {
    return record.map(Stored::end).orElse(Lifetime.NEVER);
  }

  /** Sets the key; one whose end has come already is removed. */
  void put(long version, long end, Bytes value) {
    record = end > now ? Optional.of(Stored.record(version, end, value)) : Optional.empty();
  }

  /** Whether there was such a key. */
  boolean remove() {
    boolean was = isThere();
    record = Optional.empty();
    return was;
  }

  private Optional<Bytes> alive() {
    return record.filter(bytes -> Stored.isAlive(bytes, now));
  }
}
