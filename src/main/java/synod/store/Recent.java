package synod.store;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import synod.kv.Changes;
import synod.kv.StateStore.Table;
import synod.paxos.Bytes;

/**
 * What of a state is in memory: the changes that are not yet in its tables, and records of late. A
 * command reads the record that it replaces and changes a few small ones that the next slot changes
 * again, so that most of what slots read and write need not go through the tables one by one.
 *
 * <ol>
 *   <li>What was changed and is not in the tables is here, so that whoever asks here first sees the
 *       last commit.
 *   <li>What is taken to the tables is whole slots, all of them and in order: a crash loses a
 *       suffix of the slots, never one from their midst.
 *   <li>It is bounded in bytes.
 * </ol>
 *
 * <p>For one thread at a time: its owner sees to it.
 */
final class Recent {
  /** So many slots, or bytes of changes, are taken to the tables at once. */
  private static final int MOST_SLOTS = 64;

  private static final long MOST_CHANGED = 128 * 1024;

  /** Bytes of records that are kept though the tables have them. */
  private static final long MOST_KEPT = 4L << 20;

  /** What a record costs beside its bytes. */
  private static final int OVERHEAD = 160;

  /** What is larger is not worth the place of many. */
  private static final int LARGEST = 16 * 1024;

  private final Map<Table, Map<Bytes, Optional<Bytes>>> changed = new EnumMap<>(Table.class);
  private final LinkedHashMap<Bytes, Bytes> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long keptBytes;
  private long changedBytes;
  private int slots;

  Recent() {
    for (Table table : Table.values()) {
      changed.put(table, new HashMap<>());
    }
  }

  /** The record, out of memory or else from where the tables are read. */
  Optional<Bytes> get(Table table, Bytes key, Supplier<Optional<Bytes>> tables) {
    Optional<Bytes> change = changes(table).get(key);
    if (change != null) {
      return change;
    }
    if (table != Table.DATA) {
      return tables.get();
    }
    Bytes record = kept.get(key);
    if (record != null) {
      return Optional.of(record);
    }
    Optional<Bytes> read = tables.get();
    read.ifPresent(found -> keep(key, found));
    return read;
  }

  /** Takes what a slot changes. */
  void add(Changes slot) {
    slots++;
    for (Changes.Change change : slot.all()) {
      changes(change.table()).put(change.key(), change.value());
      changedBytes += OVERHEAD + change.key().size() + change.value().map(Bytes::size).orElse(0);
      if (change.table() == Table.DATA) {
        drop(change.key());
      }
    }
  }

  /** Whether it is time to write the {@link #changes}. */
  boolean isFull() {
    return slots >= MOST_SLOTS || changedBytes >= MOST_CHANGED;
  }

  boolean hasChanges() {
    return slots > 0;
  }

  /** All that the tables lack; they have to get it. */
  List<Changes.Change> changes() {
    List<Changes.Change> all = new ArrayList<>();
    changed.forEach(
        (table, records) ->
            records.forEach((key, value) -> all.add(new Changes.Change(table, key, value))));
    return all;
  }

  /** The tables have got it. */
  void written() {
    changes(Table.DATA).forEach((key, value) -> value.ifPresent(record -> keep(key, record)));
    forgetChanges();
  }

  /** The tables are others. */
  void clear() {
    forgetChanges();
    kept.clear();
    keptBytes = 0;
  }

  private void forgetChanges() {
    changed.values().forEach(Map::clear);
    changedBytes = 0;
    slots = 0;
  }

  private Map<Bytes, Optional<Bytes>> changes(Table table) {
    return changed.getOrDefault(table, Map.of());
  }

  private void keep(Bytes key, Bytes record) {
    drop(key);
    if (record.size() > LARGEST) {
      return;
    }
    kept.put(key, record);
    keptBytes += cost(key, record);
    Iterator<Map.Entry<Bytes, Bytes>> oldest = kept.entrySet().iterator();
    while (keptBytes > MOST_KEPT && oldest.hasNext()) {
      Map.Entry<Bytes, Bytes> least = oldest.next();
      keptBytes -= cost(least.getKey(), least.getValue());
      oldest.remove();
    }
  }

  private void drop(Bytes key) {
    @Nullable Bytes old = kept.remove(key);
    if (old != null) {
      keptBytes -= cost(key, old);
    }
  }

  private static long cost(Bytes key, Bytes record) {
    return (long) OVERHEAD + key.size() + record.size();
  }
}
