package synod.kv;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import synod.paxos.Bytes;

/**
 * What the commands of one slot do to keys and values: later ones see what earlier ones did, and
 * the store sees nothing before it is all staged. Keeps number and digest of the keys up to date
 * with every change.
 */
final class Edits {
  private final StateReader store;
  private final long slot;
  private final Map<Bytes, Optional<Bytes>> records = new LinkedHashMap<>();
  private long keys;
  private long digest;

  Edits(StateReader store, StateSummary before) {
    this.store = store;
    this.slot = before.applied() + 1;
    this.keys = before.keys();
    this.digest = before.digest();
  }

  long keys() {
    return keys;
  }

  long digest() {
    return digest;
  }

  /** The encoded answer. */
  Bytes run(Command command) {
    if (command instanceof Command.Delete delete) {
      long deleted = delete.keys().stream().filter(this::delete).count();
      return Answers.encode(new Answer.Amount(deleted));
    }
    if (command instanceof Command.Put put) {
      put.entries().forEach(entry -> put(entry.key(), entry.value()));
    }
    return Answers.DONE;
  }

  void stage(Changes changes) {
    records.forEach(
        (key, record) ->
            record.ifPresentOrElse(
                bytes -> changes.put(StateStore.Table.DATA, key, bytes),
                () -> changes.delete(StateStore.Table.DATA, key)));
  }

  private void put(Bytes key, Bytes value) {
    takeOut(key);
    Bytes record = Stored.record(slot, value);
    keys++;
    digest += Stored.digest(key, record);
    records.put(key, Optional.of(record));
  }

  private boolean delete(Bytes key) {
    boolean existed = takeOut(key);
    if (existed) {
      records.put(key, Optional.empty());
    }
    return existed;
  }

  private boolean takeOut(Bytes key) {
    Optional<Bytes> edited = records.getOrDefault(key, Optional.empty());
    Optional<Bytes> record =
        records.containsKey(key) ? edited : store.get(StateStore.Table.DATA, key);
    record.ifPresent(
        bytes -> {
          keys--;
          digest -= Stored.digest(key, bytes);
        });
    return record.isPresent();
  }
}
