package synod.memory;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import synod.kv.Changes;
import synod.kv.StateStore;
import synod.kv.StateSummary;
import synod.paxos.Bytes;
import synod.paxos.StoreException;

/** A state store in memory. Safe for any thread. */
public class MemoryState implements StateStore {
  private final Map<Table, NavigableMap<Bytes, Bytes>> tables = new EnumMap<>(Table.class);
  private final MemorySnapshots snapshots = new MemorySnapshots(this::made);
  private boolean poisoned;

  public MemoryState() {
    for (Table table : Table.values()) {
      tables.put(table, new TreeMap<>());
    }
  }

  /** The same records, by themselves from now on: to go back to, as a power cut does. */
  public synchronized MemoryState copy() {
    MemoryState copy = new MemoryState();
    tables.forEach((table, records) -> copy.tables.put(table, new TreeMap<>(records)));
    return copy;
  }

  /** From now on it holds what that one holds at this moment; snapshots stay as they are. */
  public synchronized void become(MemoryState other) {
    other.copy().tables.forEach(tables::put);
  }

  /** An empty one becomes that of a later slot: the record is {@link StateSummary}'s own. */
  public synchronized void begin(long slot) {
    byte[] summary = ByteBuffer.allocate(1 + 6 * Long.BYTES).put((byte) 2).putLong(slot).array();
    records(Table.STATE).put(Bytes.utf8("summary"), Bytes.of(summary));
  }

  /** From now on every commit fails. */
  public synchronized void poison() {
    poisoned = true;
  }

  /** The disk works again. */
  public synchronized void mend() {
    poisoned = false;
  }

  /** How many records the table holds. */
  public synchronized int size(Table table) {
    return records(table).size();
  }

  @Override
  public synchronized Optional<Bytes> get(Table table, Bytes key) {
    return Optional.ofNullable(records(table).get(key));
  }

  @Override
  public void scan(Table table, Bytes from, Visitor visitor) {
    for (Map.Entry<Bytes, Bytes> record : tail(table, from).entrySet()) {
      if (!visitor.visit(record.getKey(), record.getValue())) {
        return;
      }
    }
  }

  @Override
  public synchronized void commit(Changes changes) {
    if (poisoned) {
      throw new StoreException("the state is poisoned");
    }
    for (Changes.Change change : changes.all()) {
      NavigableMap<Bytes, Bytes> records = records(change.table());
      change
          .value()
          .ifPresentOrElse(
              value -> records.put(change.key(), value), () -> records.remove(change.key()));
    }
  }

  @Override
  public void persist(Runnable then) {
    then.run();
  }

  @Override
  public synchronized void deleteBelow(Table table, Bytes key) {
    records(table).headMap(key, false).clear();
  }

  @Override
  public MemorySnapshots snapshots() {
    return snapshots;
  }

  @Override
  public synchronized void install() {
    ByteBuffer from = ByteBuffer.wrap(snapshots.take().bytes().array());
    tables.values().forEach(NavigableMap::clear);
    while (from.hasRemaining()) {
      Table table = Table.valueOf(bytes(from).utf8());
      records(table).put(bytes(from), bytes(from));
    }
  }

  private static Bytes bytes(ByteBuffer from) {
    byte[] array = new byte[from.getInt()];
    from.get(array);
    return Bytes.of(array);
  }

  private synchronized MemorySnapshots.Made made() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    tables.forEach(
        (table, records) ->
            records.forEach(
                (key, value) -> {
                  write(Bytes.utf8(table.name()), out);
                  write(key, out);
                  write(value, out);
                }));
    return new MemorySnapshots.Made(StateSummary.read(this).applied(), Bytes.of(out.toByteArray()));
  }

  private static void write(Bytes bytes, ByteArrayOutputStream out) {
    out.writeBytes(ByteBuffer.allocate(4).putInt(bytes.size()).array());
    out.writeBytes(bytes.array());
  }

  @Override
  public View view() {
    MemoryState then = copy();
    return new View() {
      @Override
      public Optional<Bytes> get(Table table, Bytes key) {
        return then.get(table, key);
      }

      @Override
      public void scan(Table table, Bytes from, Visitor visitor) {
        then.scan(table, from, visitor);
      }

      @Override
      public void close() {}
    };
  }

  private synchronized NavigableMap<Bytes, Bytes> tail(Table table, Bytes from) {
    return new TreeMap<>(records(table).tailMap(from, true));
  }

  private NavigableMap<Bytes, Bytes> records(Table table) {
    return tables.getOrDefault(table, new TreeMap<>());
  }
}
