package synod.store;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import synod.kv.Machine;
import synod.kv.StateSummary;
import synod.kv.Transfers;
import synod.paxos.Acceptance;
import synod.paxos.Ballot;
import synod.paxos.Batch;
import synod.paxos.Bytes;
import synod.paxos.Journal;
import synod.paxos.Life;
import synod.paxos.ReplicaId;
import synod.paxos.Snapshot;
import synod.paxos.Snapshots;
import synod.paxos.Standing;

/**
 * A data directory, closed, with one file at least of each kind: several logs and tables of both
 * stores, a snapshot that was made, one that is half received. Families get files when they are
 * small, so that all of it is.
 */
final class FullDirectory {
  static final int SLOTS = 240;

  private static final long BUFFER = 64 << 10;
  private static final int TRUNCATED = 30;
  private static final int LATER = 300;
  private static final int LARGE = 10;
  private static final Ballot BALLOT = new Ballot(4, new ReplicaId(2));
  private static final Ballot OWN = new Ballot(3, new ReplicaId(3));

  final Path path;
  final Contents contents;

  /** The whole of the snapshot that is half received. */
  final Bytes incoming;

  /** What the state adds up to after each slot. */
  final TreeMap<Long, StateSummary> trail = new TreeMap<>();

  /** {@code reopened} once more, by a process that did nothing. */
  FullDirectory(Path home, boolean reopened) {
    this.path = home.resolve("full");
    this.incoming = madeElsewhere(home.resolve("other"));
    live(1, SLOTS / 2);
    live(SLOTS / 2 + 1, SLOTS);
    if (reopened) {
      open(path).close();
    }
    Path copy = Directories.copy(path, home.resolve("looked-at"));
    try (DataDirectory data = open(copy)) {
      this.contents = Contents.of(data);
    }
    Directories.delete(copy);
  }

  /** As the process opens one. */
  static DataDirectory open(Path path) {
    return DataDirectory.open(path, Directories.OWNER, manner());
  }

  private static DataDirectory.Manner manner() {
    return new DataDirectory.Manner(true, 1, why -> {});
  }

  private void live(long from, long to) {
    try (DataDirectory data = DataDirectory.open(path, Directories.OWNER, manner(), BUFFER)) {
      Machine machine = Machine.open(data.state());
      begin(data.journal());
      for (long slot = from; slot <= to; slot++) {
        data.journal().accept(accepted(slot));
        data.journal().sync();
        machine.apply(slot, batch(slot), slot % 50 == 0);
        trail.put(slot, machine.summary());
      }
      if (to < SLOTS) {
        data.archive().snapshot(state -> {});
        data.archive().await();
      } else {
        data.journal().truncate(TRUNCATED);
        data.journal().sync();
        receiveHalf(data.state().snapshots());
      }
    }
  }

  private static void begin(Journal journal) {
    journal.stand(Standing.of(Standing.Kind.VOTING));
    journal.promise(BALLOT);
    journal.makeBallot(OWN);
    journal.meet(new ReplicaId(1), new Life(17, 4));
  }

  static Acceptance accepted(long slot) {
    return new Acceptance(slot, BALLOT, batch(slot));
  }

  /**
   * Keys that come again, and as many bytes as fill a buffer soon; now and then a large value,
   * which lies in a file of its kind.
   */
  static Batch batch(long slot) {
    if (slot % LARGE == 0) {
      return Transfers.put(slot, Bytes.utf8("large ".repeat(200) + slot), "large" + slot % 3);
    }
    return Transfers.put(
        slot,
        IntStream.range(0, 16)
            .mapToObj(key -> "a key of some length " + (slot * 7 + key * 31L) % 400)
            .toArray(String[]::new));
  }

  private static Bytes madeElsewhere(Path other) {
    try (Options options = Directories.options();
        RocksState maker = RocksState.open(other, options)) {
      Transfers.filled(maker, LATER);
      maker.snapshots().make();
      maker.awaitBehind();
      return Contents.read(maker.snapshots()).orElseThrow();
    }
  }

  private void receiveHalf(Snapshots to) {
    Snapshot announced = SnapshotHeader.decode(head()).orElseThrow().name();
    to.receive(announced);
    to.append(Bytes.of(Arrays.copyOf(incoming.array(), incoming.size() / 2)));
  }

  private byte[] head() {
    byte[] whole = incoming.array();
    return Arrays.copyOf(whole, SnapshotHeader.end(whole).orElseThrow());
  }

  /** What the peers have, from the slot after the applied one on. */
  static List<Batch> after(long applied) {
    return IntStream.rangeClosed((int) applied + 1, SLOTS).mapToObj(FullDirectory::batch).toList();
  }
}
