package synod.kv;

import java.util.function.Predicate;
import synod.kv.StateStore.Table;
import synod.paxos.Bytes;

/**
 * The keys that expire, ordered by the time at which they do, so that those that are due are found
 * without a look at the others.
 *
 * <pre>
 *   key    time in ms (8 bytes), key
 *   value  nothing
 * </pre>
 *
 * State: a time before which none is due, so that most slots need not look at all, and none passes
 * over what was deleted at the front of the table before. It saves work and decides nothing.
 */
final class Expiry {
  private final StateReader store;
  private long earliest;

  Expiry(StateReader store) {
    this.store = store;
  }

  /**
   * Shows the keys whose time has come, the earliest first, until one is not removed.
   *
   * @param remove returns whether it has removed the key
   */
  void sweep(long now, Predicate<Bytes> remove) {
    if (now < earliest) {
      return;
    }
    Bytes from = entry(earliest, Bytes.EMPTY);
    earliest = Lifetime.NEVER;
    store.scan(
        Table.EXPIRY,
        from,
        (entry, nothing) -> {
          ByteReader reader = ByteReader.of(entry);
          earliest = reader.readLong();
          return earliest <= now && remove.test(reader.readRest());
        });
  }

  /** Stages that the key ends at another time; {@link Lifetime#NEVER} if at none. */
  void stage(Bytes key, long before, long after, Changes changes) {
    if (before == after) {
      return;
    }
    if (before != Lifetime.NEVER) {
      changes.delete(Table.EXPIRY, entry(before, key));
    }
    if (after != Lifetime.NEVER) {
      changes.put(Table.EXPIRY, entry(after, key), Bytes.EMPTY);
      earliest = Math.min(earliest, after);
    }
  }

  private static Bytes entry(long end, Bytes key) {
    return new ByteWriter(Long.BYTES + key.size()).putLong(end).raw(key).done();
  }
}
