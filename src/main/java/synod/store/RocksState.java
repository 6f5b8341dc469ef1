package synod.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import synod.kv.Changes;
import synod.kv.StateStore;
import synod.paxos.Bytes;
import synod.paxos.Snapshots;

/** The state on disk: a family for each table. Written through its log, and never synced. */
final class RocksState implements StateStore, AutoCloseable {
  private static final String DEFAULT = Bytes.of(RocksDB.DEFAULT_COLUMN_FAMILY).utf8();

  private static final List<Table> TABLES = List.of(Table.values());

  private final Database database;

  private RocksState(Database database) {
    this.database = database;
  }

  static RocksState open(Path path, Options options) {
    Stream<String> tables = TABLES.stream().map(table -> table.name().toLowerCase(Locale.ROOT));
    // RocksDB insists on a default family; it stays empty.
    List<String> names = Stream.concat(Stream.of(DEFAULT), tables).toList();
    return new RocksState(Database.open(path, names, options.state(), options.forFamily()));
  }

  @Override
  public Optional<Bytes> get(Table table, Bytes key) {
    return database.get(family(table), key);
  }

  @Override
  public void scan(Table table, Bytes from, Visitor visitor) {
    database.scan(family(table), from, visitor);
  }

  @Override
  public void commit(Changes changes) {
    database.write(
        (batch, families) -> {
          for (Changes.Change change : changes.all()) {
            add(batch, families.get(family(change.table())), change);
          }
        });
  }

  @Override
  public void persist(Runnable then) {
    database.flush(true);
    then.run();
  }

  @Override
  public void deleteBelow(Table table, Bytes key) {
    database.write(
        (batch, families) ->
            batch.deleteRange(families.get(family(table)), Bytes.EMPTY.array(), key.array()));
  }

  @Override
  public Snapshots snapshots() {
    throw new UnsupportedOperationException("snapshots");
  }

  @Override
  public void install() {
    throw new UnsupportedOperationException("snapshots");
  }

  @Override
  public View view() {
    Database.Moment moment = database.moment();
    return new View() {
      @Override
      public Optional<Bytes> get(Table table, Bytes key) {
        return moment.get(family(table), key);
      }

      @Override
      public void scan(Table table, Bytes from, Visitor visitor) {
        moment.scan(family(table), from, visitor);
      }

      @Override
      public void close() {
        moment.close();
      }
    };
  }

  @Override
  public void close() {
    database.close();
  }

  private static int family(Table table) {
    return TABLES.indexOf(table) + 1;
  }

  private static void add(WriteBatch batch, ColumnFamilyHandle family, Changes.Change change)
      throws RocksDBException {
    byte[] key = change.key().array();
    if (change.value().isPresent()) {
      batch.put(family, key, change.value().get().array());
    } else {
      batch.delete(family, key);
    }
  }
}
