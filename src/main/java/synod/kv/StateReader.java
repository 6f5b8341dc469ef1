package synod.kv;

import java.util.Optional;
import synod.paxos.Bytes;

/** Reads the tables of a {@link StateStore}. */
public interface StateReader {
  Optional<Bytes> get(StateStore.Table table, Bytes key);

  /** Visits all records with keys from {@code from} on, at one moment. */
  void scan(StateStore.Table table, Bytes from, StateStore.Visitor visitor);
}
