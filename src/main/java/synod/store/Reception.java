package synod.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32C;
import synod.paxos.Bytes;
import synod.paxos.Snapshot;
import synod.paxos.Snapshots.Stage;
import synod.paxos.StoreException;

/**
 * One snapshot on its way in, in a directory of its own: {@code announced} names it, {@code header}
 * and {@code state/} grow. A directory without a whole {@code announced} is rubbish, and so is one
 * whose {@code state} was taken away. One thread at a time changes it; any may ask.
 */
final class Reception implements AutoCloseable {
  private static final int ANNOUNCEMENT = 3 * Long.BYTES + Integer.BYTES;

  private final Path directory;
  private final Snapshot snapshot;
  private final PartWriter writer;
  private volatile long received;
  private volatile Stage stage = Stage.RECEIVING;
  private volatile boolean abandoned;

  private Reception(Path directory, Snapshot snapshot) {
    this.directory = directory;
    this.snapshot = snapshot;
    this.writer = PartWriter.in(directory, snapshot);
    note();
  }

  /** The one that a process before has begun, if any; what it threw away is deleted. */
  static Optional<Reception> in(Path home) {
    DurableFiles.create(home);
    Optional<Reception> found = Optional.empty();
    for (Path directory : DurableFiles.list(home)) {
      Optional<Snapshot> announced =
          found.isEmpty() && Files.isDirectory(SnapshotFiles.state(directory))
              ? announced(directory)
              : Optional.empty();
      found = found.or(() -> announced.map(snapshot -> new Reception(directory, snapshot)));
      if (announced.isEmpty()) {
        DurableFiles.delete(directory);
      }
    }
    return found;
  }

  static Reception begin(Path home, Snapshot snapshot) {
    Path directory = home.resolve(String.format("%016x", ThreadLocalRandom.current().nextLong()));
    DurableFiles.create(directory);
    DurableFiles.create(SnapshotFiles.state(directory));
    DurableFiles.write(announcement(directory), encode(snapshot));
    return new Reception(directory, snapshot);
  }

  Snapshot snapshot() {
    return snapshot;
  }

  long received() {
    return received;
  }

  Stage stage() {
    return stage;
  }

  /** Where the received state is. */
  Path state() {
    return SnapshotFiles.state(directory);
  }

  /** Bytes that come once it is known to be damaged lead nowhere. */
  void append(Bytes piece) {
    if (stage == Stage.RECEIVING) {
      writer.append(piece);
      note();
    }
  }

  private void note() {
    received = writer.written();
    if (writer.isDamaged()) {
      stage = Stage.DAMAGED;
    } else if (received == snapshot.bytes()) {
      stage = Stage.CHECKING;
    }
  }

  /** Reads all of it, once all is here; not for a role's thread. */
  void check(Options options) {
    try {
      boolean sound =
          SnapshotFiles.find(directory)
              .filter(files -> files.isSound() && files.isStateAtItsSlot(options))
              .isPresent();
      if (!Thread.currentThread().isInterrupted()) {
        stage = sound ? Stage.SOUND : Stage.DAMAGED;
      }
    } catch (StoreException e) {
      // Its files go away when it is abandoned, and that is no failure.
      if (!abandoned) {
        throw e;
      }
    }
  }

  /** From when this returns on, it has never been; what is left is to {@link #delete}. */
  void abandon() {
    abandoned = true;
    writer.close();
    DurableFiles.delete(announcement(directory));
  }

  void delete() {
    DurableFiles.delete(directory);
  }

  @Override
  public void close() {
    writer.close();
  }

  private static Path announcement(Path directory) {
    return directory.resolve("announced");
  }

  private static Bytes encode(Snapshot snapshot) {
    ByteBuffer to = ByteBuffer.allocate(ANNOUNCEMENT);
    to.putLong(snapshot.slot()).putLong(snapshot.id()).putLong(snapshot.bytes());
    return Bytes.of(to.putInt(checksum(to.array())).array());
  }

  private static Optional<Snapshot> announced(Path directory) {
    Path file = announcement(directory);
    try {
      byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
      ByteBuffer from = ByteBuffer.wrap(bytes);
      boolean whole =
          bytes.length == ANNOUNCEMENT
              && from.getInt(ANNOUNCEMENT - Integer.BYTES) == checksum(bytes);
      return whole
          ? Optional.of(new Snapshot(from.getLong(), from.getLong(), from.getLong()))
          : Optional.empty();
    } catch (IOException e) {
      throw Failure.to("read", file, e);
    }
  }

  private static int checksum(byte[] announcement) {
    CRC32C crc = new CRC32C();
    crc.update(announcement, 0, ANNOUNCEMENT - Integer.BYTES);
    return (int) crc.getValue();
  }
}
