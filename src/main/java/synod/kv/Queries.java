package synod.kv;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import synod.kv.StateStore.Table;
import synod.paxos.Bytes;

/**
 * Answers queries from the last commit. A single key is read straight from the store: the time is
 * taken first, so that a record found by then was there at that time or was written after it, and
 * in both cases stood in a state not before the one that the time belongs to. Several keys are read
 * in a view with its own time, else the answer could mix two states.
 */
final class Queries {
  /** Of the values of several keys together. */
  static final long MOST_BYTES = 8L << 20;

  private final StateStore store;
  private final Supplier<StateSummary> last;

  Queries(StateStore store, Supplier<StateSummary> last) {
    this.store = store;
    this.last = last;
  }

  Answer answer(Query query) {
    if (query instanceof Query.Get get) {
      return get.keys().size() > 1 ? values(get.keys()) : value(get.keys());
    }
    if (query instanceof Query.Exists exists) {
      return new Answer.Amount(alive(exists.keys()).stream().filter(Optional::isPresent).count());
    }
    if (query instanceof Query.Left left) {
      return left(left.key());
    }
    if (query instanceof Query.Versioned versioned) {
      Optional<Bytes> record = alive(store, versioned.key(), last.get().time());
      return new Answer.Versioned(
          record.map(Stored::version).orElse(0L), record.map(Stored::value));
    }
    return new Answer.Amount(last.get().keys());
  }

  /** Of one key, whatever its size, or of none. */
  private Answer value(List<Bytes> keys) {
    long now = last.get().time();
    return new Answer.Values(
        keys.stream().map(key -> alive(store, key, now).map(Stored::value)).toList());
  }

  /** Within a bound: an answer is in memory as a whole. */
  private Answer values(List<Bytes> keys) {
    try (StateStore.View view = store.view()) {
      long now = StateSummary.read(view).time();
      List<Optional<Bytes>> values = new ArrayList<>(keys.size());
      long room = MOST_BYTES;
      for (Bytes key : keys) {
        Optional<Bytes> value = alive(view, key, now).map(Stored::value);
        room -= value.map(Bytes::size).orElse(0);
        values.add(value);
        if (room < 0) {
          return new Answer.Refused("ERR the values are larger than 8 MiB: ask for fewer at once");
        }
      }
      return new Answer.Values(values);
    }
  }

  /** In a view, too: an end that was set after the time was taken would seem too far away. */
  private Answer left(Bytes key) {
    try (StateStore.View view = store.view()) {
      long now = StateSummary.read(view).time();
      return new Answer.Amount(
          alive(view, key, now).map(r -> left(r, now)).orElse(Query.Left.NO_KEY));
    }
  }

  private static long left(Bytes record, long now) {
    long end = Stored.end(record);
    return end == Lifetime.NEVER ? Query.Left.ENDLESS : end - now;
  }

  private List<Optional<Bytes>> alive(List<Bytes> keys) {
    if (keys.size() == 1) {
      return List.of(alive(store, keys.get(0), last.get().time()));
    }
    try (StateStore.View view = store.view()) {
      long now = StateSummary.read(view).time();
      return keys.stream().map(key -> alive(view, key, now)).toList();
    }
  }

  private static Optional<Bytes> alive(StateReader from, Bytes key, long now) {
    return from.get(Table.DATA, key).filter(record -> Stored.isAlive(record, now));
  }
}
