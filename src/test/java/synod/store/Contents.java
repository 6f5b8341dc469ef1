package synod.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import synod.kv.Machine;
import synod.kv.StateStore;
import synod.kv.StateStore.Table;
import synod.kv.StateSummary;
import synod.paxos.Acceptance;
import synod.paxos.Ballot;
import synod.paxos.Bytes;
import synod.paxos.Journal;
import synod.paxos.Life;
import synod.paxos.ReplicaId;
import synod.paxos.Snapshot;
import synod.paxos.Snapshots;

/** All that a data directory says when it is asked for everything. */
record Contents(OfJournal journal, OfState state, Optional<Bytes> snapshot) {
  private static final int PIECE = 100_000;
  private static final ReplicaId MET = new ReplicaId(1);

  /** What the acceptor answers from. */
  record OfJournal(
      Ballot promised, Ballot own, long truncated, Optional<Life> met, List<Acceptance> accepted) {}

  /** What clients are answered from, and what it adds up to. */
  record OfState(StateSummary summary, StateSummary counted, List<List<Bytes>> records) {}

  static Contents of(DataDirectory data) {
    return new Contents(of(data.journal()), of(data.state()), read(data.state().snapshots()));
  }

  static OfJournal of(Journal journal) {
    return new OfJournal(
        journal.promised(),
        journal.ownBallot(),
        journal.truncated(),
        journal.met(MET),
        journal.accepted(1, Integer.MAX_VALUE));
  }

  static OfState of(StateStore state) {
    Machine machine = Machine.open(state);
    List<List<Bytes>> records = new ArrayList<>();
    for (Table table : Table.values()) {
      state.scan(table, Bytes.EMPTY, (key, value) -> records.add(List.of(key, value)));
    }
    return new OfState(machine.summary(), machine.recount(), records);
  }

  /** The newest snapshot as whoever asks for it gets it; nothing if that is not all of it. */
  static Optional<Bytes> read(Snapshots snapshots) {
    Optional<Snapshot> newest = snapshots.newest();
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    byte[] whole = new byte[Math.toIntExact(newest.get().bytes())];
    for (int at = 0; at < whole.length; ) {
      Optional<Bytes> piece = snapshots.read(newest.get(), at, PIECE);
      if (piece.isEmpty()) {
        return Optional.empty();
      }
      System.arraycopy(piece.get().array(), 0, whole, at, piece.get().size());
      at += piece.get().size();
    }
    return Optional.of(Bytes.of(whole));
  }
}
