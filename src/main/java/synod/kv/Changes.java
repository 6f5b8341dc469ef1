package synod.kv;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import synod.paxos.Bytes;

/**
 * What one slot changes in a {@link StateStore}, in order; of two changes of a key the last wins.
 */
public final class Changes {
  private final List<Change> changes = new ArrayList<>();

  /** Sets the record, or deletes it where there is no value. */
  public record Change(StateStore.Table table, Bytes key, Optional<Bytes> value) {}

  void put(StateStore.Table table, Bytes key, Bytes value) {
    changes.add(new Change(table, key, Optional.of(value)));
  }

  void delete(StateStore.Table table, Bytes key) {
    changes.add(new Change(table, key, Optional.empty()));
  }

  public List<Change> all() {
    return changes;
  }
}
