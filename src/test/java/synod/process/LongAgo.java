package synod.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import synod.kv.Command;
import synod.kv.Commands;
import synod.kv.Machine;
import synod.kv.SessionId;
import synod.kv.Ticket;
import synod.paxos.Ballot;
import synod.paxos.Batch;
import synod.paxos.Bytes;
import synod.paxos.Journal;
import synod.paxos.ReplicaId;
import synod.paxos.Standing;
import synod.store.DataDirectory;

/**
 * Data directories as replicas have them that applied so many slots, one after the other, and
 * truncated them all. The slots are applied once, without a network and without a sync; each
 * replica gets a directory of its own with a copy of the state.
 */
final class LongAgo implements AutoCloseable {
  private static final int VALUE = 100;
  private static final long SESSION = new SessionId(new ReplicaId(1), 1).value();
  private static final Ballot BALLOT = new Ballot(1, new ReplicaId(1));

  private final Path home;
  private final int keys;

  /** Works in {@code home}; the slots put one key after the other, of so many. */
  LongAgo(Path home, int keys) {
    this.home = home;
    this.keys = keys;
  }

  /** Applies all slots up to this one. */
  void apply(long slots) {
    try (DataDirectory directory = open(home, 1)) {
      Machine machine = Machine.open(directory.state());
      for (long slot = machine.applied() + 1; slot <= slots; slot++) {
        machine.apply(slot, batch(slot), false);
      }
    }
  }

  private Batch batch(long slot) {
    Bytes key = Bytes.utf8("key-" + slot % keys);
    Command put = new Command.Put(List.of(new Command.Entry(key, Bytes.of(noise(slot)))));
    return new Batch(slot, Commands.encode(new Ticket(SESSION, slot, slot), put));
  }

  /** What cannot be compressed, so that the state is as large as it looks. */
  private static byte[] noise(long slot) {
    byte[] value = new byte[VALUE];
    new SplittableRandom(slot).nextBytes(value);
    return value;
  }

  /** Makes the directory of a replica that has applied what was applied so far. */
  void give(int id, Path data) {
    long applied;
    try (DataDirectory own = open(data, id);
        DataDirectory from = open(home, 1)) {
      applied = Machine.open(from.state()).applied();
      vote(own.journal(), applied);
    }
    copyState(data);
  }

  private static void vote(Journal journal, long applied) {
    journal.stand(Standing.of(Standing.Kind.VOTING));
    journal.promise(BALLOT);
    journal.truncate(applied);
    journal.sync();
  }

  /** A state says nothing of whose it is. */
  private void copyState(Path data) {
    try {
      delete(data.resolve("state"));
      Path from = home.resolve("state");
      for (Path path : all(from)) {
        Files.copy(path, data.resolve("state").resolve(from.relativize(path).toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DataDirectory open(Path path, int id) {
    return DataDirectory.open(
        path,
        new DataDirectory.Owner("synod", new ReplicaId(id)),
        new DataDirectory.Manner(
            false,
            0,
            why -> {
              throw new AssertionError(why);
            }));
  }

  /** Deletes what it worked in. */
  @Override
  public void close() {
    try {
      delete(home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> all(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.sorted().toList();
    }
  }

  private static void delete(Path directory) throws IOException {
    for (Path path : all(directory).stream().sorted(Comparator.reverseOrder()).toList()) {
      Files.delete(path);
    }
  }
}
