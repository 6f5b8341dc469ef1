package synod.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import synod.kv.StateStore.Table;
import synod.memory.MemoryState;
import synod.paxos.Bytes;

/** What every state store does, on a disk or in a memory. */
public abstract class StateStoreContractTest {
  private static final List<Table> TABLES = List.of(Table.values());

  protected abstract StateStore store();

  /** The same store, closed and opened. */
  protected abstract StateStore openedAnew();

  @Test
  void holdsNothingAtFirst() {
    for (Table table : TABLES) {
      assertEquals(Optional.empty(), store().get(table, bytes("a")));
      assertEquals(List.of(), names(store(), table, ""));
    }
  }

  @Test
  void holdsWhatWasCommittedAlsoWhenOpenedAnew() {
    commit(put(Table.DATA, "a", "1"), put(Table.STATE, "b", ""));

    holdsBoth(store());
    holdsBoth(openedAnew());
  }

  private static void holdsBoth(StateStore store) {
    assertEquals(Optional.of(bytes("1")), store.get(Table.DATA, bytes("a")));
    assertEquals(Optional.of(Bytes.EMPTY), store.get(Table.STATE, bytes("b")));
  }

  @Test
  void aKeyStandsInItsTableOnly() {
    for (Table table : TABLES) {
      commit(put(table, "a", table.name()));
    }

    for (Table table : TABLES) {
      assertEquals(Optional.of(bytes(table.name())), store().get(table, bytes("a")));
      assertEquals(List.of("a"), names(store(), table, ""));
    }
  }

  @Test
  void ofTwoChangesOfAKeyTheLastWins() {
    commit(put(Table.DATA, "a", "1"), put(Table.DATA, "a", "2"));
    commit(put(Table.DATA, "b", "1"), delete(Table.DATA, "b"));
    commit(delete(Table.DATA, "c"), put(Table.DATA, "c", "1"));

    assertEquals(Optional.of(bytes("2")), store().get(Table.DATA, bytes("a")));
    assertEquals(List.of("a", "c"), names(store(), Table.DATA, ""));
  }

  @Test
  void whatWasDeletedIsGone() {
    commit(put(Table.DATA, "a", "1"));
    commit(delete(Table.DATA, "a"), delete(Table.DATA, "never there"));

    assertEquals(Optional.empty(), store().get(Table.DATA, bytes("a")));
    assertEquals(List.of(), names(store(), Table.DATA, ""));
  }

  @Test
  void visitsInTheOrderOfUnsignedBytesFromTheKeyOn() {
    List<Bytes> ordered =
        Stream.of("", "00", "0001", "7f", "80", "8000", "ff", "ffff")
            .map(StateStoreContractTest::hex)
            .toList();
    Changes changes = new Changes();
    for (int i : new int[] {5, 0, 7, 2, 6, 1, 4, 3}) {
      changes.put(Table.KEPT, ordered.get(i), Bytes.EMPTY);
    }
    store().commit(changes);

    assertEquals(ordered, keys(store(), Table.KEPT, Bytes.EMPTY));
    assertEquals(ordered.subList(4, 8), keys(store(), Table.KEPT, hex("80")));
    assertEquals(ordered.subList(4, 8), keys(store(), Table.KEPT, hex("7f01")));
    assertEquals(List.of(), keys(store(), Table.KEPT, hex("ffffff")));
  }

  @Test
  void visitsNoMoreOnceToldToStop() {
    commit(put(Table.DATA, "a", "1"), put(Table.DATA, "b", "2"), put(Table.DATA, "c", "3"));
    List<String> seen = new ArrayList<>();

    store().scan(Table.DATA, Bytes.EMPTY, (key, value) -> seen.add(key.utf8()) && seen.size() < 2);

    assertEquals(List.of("a", "b"), seen);
  }

  @Test
  void aViewStaysAsItWasInEveryTable() {
    commit(put(Table.DATA, "a", "1"), put(Table.STATE, "s", "1"));

    try (StateStore.View view = store().view()) {
      commit(put(Table.DATA, "a", "2"), put(Table.DATA, "b", "2"), delete(Table.STATE, "s"));

      assertEquals(Optional.of(bytes("1")), view.get(Table.DATA, bytes("a")));
      assertEquals(List.of("a"), names(view, Table.DATA, ""));
      assertEquals(List.of("s"), names(view, Table.STATE, ""));
      assertEquals(List.of("a", "b"), names(store(), Table.DATA, ""));
      assertEquals(List.of(), names(store(), Table.STATE, ""));
    }
  }

  /** A thousand random commits: what stands here is what stands in a plain map. */
  @Test
  void agreesWithAMapWhateverIsCommitted() {
    MemoryState map = new MemoryState();
    Random random = new Random(6);
    for (int i = 0; i < 1_000; i++) {
      Changes changes = anyChanges(random);
      map.commit(changes);
      store().commit(changes);
    }

    StateStore again = openedAnew();
    for (Table table : TABLES) {
      assertEquals(records(map, table), records(again, table));
    }
  }

  private static Changes anyChanges(Random random) {
    Changes changes = new Changes();
    for (int i = random.nextInt(4); i >= 0; i--) {
      Table table = TABLES.get(random.nextInt(TABLES.size()));
      Bytes key = bytes("k" + random.nextInt(40));
      if (random.nextInt(3) == 0) {
        changes.delete(table, key);
      } else {
        changes.put(table, key, bytes("v" + random.nextInt(1_000)));
      }
    }
    return changes;
  }

  private void commit(Changes.Change... those) {
    Changes changes = new Changes();
    for (Changes.Change change : those) {
      change
          .value()
          .ifPresentOrElse(
              value -> changes.put(change.table(), change.key(), value),
              () -> changes.delete(change.table(), change.key()));
    }
    store().commit(changes);
  }

  private static Changes.Change put(Table table, String key, String value) {
    return new Changes.Change(table, bytes(key), Optional.of(bytes(value)));
  }

  private static Changes.Change delete(Table table, String key) {
    return new Changes.Change(table, bytes(key), Optional.empty());
  }

  private static List<String> records(StateReader reader, Table table) {
    List<String> records = new ArrayList<>();
    reader.scan(table, Bytes.EMPTY, (key, value) -> records.add(key.utf8() + "=" + value.utf8()));
    return records;
  }

  private static List<String> names(StateReader reader, Table table, String from) {
    return keys(reader, table, bytes(from)).stream().map(Bytes::utf8).toList();
  }

  private static List<Bytes> keys(StateReader reader, Table table, Bytes from) {
    List<Bytes> keys = new ArrayList<>();
    reader.scan(table, from, (key, value) -> keys.add(key));
    return keys;
  }

  private static Bytes bytes(String text) {
    return Bytes.utf8(text);
  }

  private static Bytes hex(String digits) {
    return Bytes.of(HexFormat.of().parseHex(digits));
  }
}
