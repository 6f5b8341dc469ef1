package synod.kv;

import synod.paxos.Bytes;

/**
 * Stages records of the session tables for one slot, and keeps up the digest over all of them as
 * {@link Edits} does over keys.
 */
final class SessionRecords {
  private final Changes changes;
  private long digest;

  SessionRecords(Changes changes, long digestBefore) {
    this.changes = changes;
    this.digest = digestBefore;
  }

  /** What a record adds to the digest. */
  static long digest(StateStore.Table table, Bytes key, Bytes value) {
    return Mix.mix(Mix.mix(table.seed(), key), value);
  }

  /** The digest over all records in these tables. */
  static long recount(StateReader state) {
    long[] sum = new long[1];
    for (StateStore.Table table : StateStore.Table.values()) {
      if (table.isOfSessions()) {
        state.scan(
            table,
            Bytes.EMPTY,
            (key, value) -> {
              sum[0] += digest(table, key, value);
              return true;
            });
      }
    }
    return sum[0];
  }

  long digest() {
    return digest;
  }

  /**
   * Sets a record, and returns what it adds to the digest; {@code before} is what the record in its
   * place has added, 0 if there was none.
   */
  long put(StateStore.Table table, Bytes key, Bytes value, long before) {
    long added = digest(table, key, value);
    digest += added - before;
    changes.put(table, key, value);
    return added;
  }

  void delete(StateStore.Table table, Bytes key, long before) {
    digest -= before;
    changes.delete(table, key);
  }
}
