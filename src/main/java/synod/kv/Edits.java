package synod.kv;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import synod.kv.StateStore.Table;
import synod.paxos.Batch;
import synod.paxos.Bytes;

/**
 * What one slot does to keys and values: later commands see what earlier ones did, and the store
 * sees nothing before it is all staged. State: each key that was looked at, as it is by now.
 */
final class Edits {
  /** A slot removes at least so many keys whose lifetime has ended, if they are small. */
  static final int SWEPT = 256;

  /**
   * What it costs to remove a key, at least, in bytes that are read for the digest. A slot may
   * spend this for each of {@link #SWEPT} keys, and once more for each of its commands: none of
   * them makes more than one key that ends, so what has ended does not pile up.
   */
  private static final long SWEEP_COST = 16 * 1024;

  private final StateReader store;
  private final Expiry expiry;
  private final StateSummary before;
  private final Batch batch;
  private final Map<Bytes, Cell> cells = new LinkedHashMap<>();
  private int commands;
  private long sweep;

  Edits(StateReader store, Expiry expiry, StateSummary before, Batch batch) {
    this.store = store;
    this.expiry = expiry;
    this.before = before;
    this.batch = batch;
  }

  /** Removes keys whose lifetime has ended, before the commands of the slot, which are so many. */
  void sweep(int commandsToCome) {
    sweep = (SWEPT + (long) commandsToCome) * SWEEP_COST;
    expiry.sweep(now(), this::sweep);
  }

  private boolean sweep(Bytes key) {
    if (sweep <= 0) {
      return false;
    }
    Cell cell = cell(key);
    sweep -= Math.max(SWEEP_COST, cell.after().map(Bytes::size).orElse(0));
    cell.remove();
    return true;
  }

  /** The encoded answer. */
  Bytes run(Command command) {
    long version = Stored.version(before.applied() + 1, commands++);
    return Answers.encode(new Effects(this, version).of(command));
  }

  /** The time of the log. */
  long now() {
    return Math.max(before.time(), batch.time());
  }

  Cell cell(Bytes key) {
    return cells.computeIfAbsent(key, name -> new Cell(store.get(Table.DATA, name), now()));
  }

  /** Stages all keys, and the summary that belongs to them and to these sessions. */
  StateSummary stage(Changes changes, long sessions) {
    long keys = before.keys();
    long digest = before.digest();
    for (Map.Entry<Bytes, Cell> each : cells.entrySet()) {
      Bytes key = each.getKey();
      Cell cell = each.getValue();
      if (!cell.before().equals(cell.after())) {
        stage(key, cell, changes);
        keys += count(cell.after()) - count(cell.before());
        digest += digest(key, cell.after()) - digest(key, cell.before());
      }
    }
    StateSummary after = before.next(batch, keys, digest, sessions);
    after.stage(changes);
    return after;
  }

  private void stage(Bytes key, Cell cell, Changes changes) {
    cell.after()
        .ifPresentOrElse(
            record -> changes.put(Table.DATA, key, record), () -> changes.delete(Table.DATA, key));
    expiry.stage(key, Cell.end(cell.before()), Cell.end(cell.after()), changes);
  }

  private static int count(Optional<Bytes> record) {
    return record.isPresent() ? 1 : 0;
  }

  private static long digest(Bytes key, Optional<Bytes> record) {
    return record.map(bytes -> Stored.digest(key, bytes)).orElse(0L);
  }
}
