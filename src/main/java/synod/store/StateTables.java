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
import synod.kv.StateReader;
import synod.kv.StateStore.Table;
import synod.kv.StateStore.View;
import synod.kv.StateStore.Visitor;
import synod.paxos.Bytes;

/** The tables of a state in one database: a family for each. Safe for any thread. */
final class StateTables implements StateReader, AutoCloseable {
  private static final String DEFAULT = Bytes.of(RocksDB.DEFAULT_COLUMN_FAMILY).utf8();
  private static final List<Table> TABLES = List.of(Table.values());
  private static final List<String> NAMES = names();

  private final Path path;
  private final Database database;

  private StateTables(Path path, Database database) {
    this.path = path;
    this.database = database;
  }

  static StateTables open(Path path, Options options) {
    return new StateTables(path, Database.open(path, NAMES, options.state(), options.alarm()));
  }

  /** For looking only: not a byte of it is changed. */
  static StateTables openToRead(Path path, Options options) {
    return new StateTables(path, Database.openToRead(path, NAMES, options.state()));
  }

  /** RocksDB insists on a default family; it stays empty. */
  private static List<String> names() {
    Stream<String> tables = TABLES.stream().map(table -> table.name().toLowerCase(Locale.ROOT));
    return Stream.concat(Stream.of(DEFAULT), tables).toList();
  }

  Path path() {
    return path;
  }

  @Override
  public Optional<Bytes> get(Table table, Bytes key) {
    return database.get(family(table), key);
  }

  @Override
  public void scan(Table table, Bytes from, Visitor visitor) {
    database.scan(family(table), from, visitor);
  }

  /** All of it or nothing, also after a crash. */
  void commit(List<Changes.Change> changes) {
    database.write(
        (batch, families) -> {
          for (Changes.Change change : changes) {
            add(batch, families.get(family(change.table())), change);
          }
        });
  }

  void deleteBelow(Table table, Bytes key) {
    database.write(
        (batch, families) ->
            batch.deleteRange(families.get(family(table)), Bytes.EMPTY.array(), key.array()));
  }

  void sync() {
    database.flush(true);
  }

  void checkpoint(Path to) {
    database.checkpoint(to);
  }

  void retire(Runnable then) {
    database.retire(then);
  }

  View view() {
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
