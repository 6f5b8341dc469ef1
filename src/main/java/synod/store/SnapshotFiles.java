package synod.store;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import synod.kv.Machine;
import synod.kv.Malformed;
import synod.kv.StateReader;
import synod.kv.StateStore.Table;
import synod.kv.StateStore.View;
import synod.kv.StateStore.Visitor;
import synod.kv.StateSummary;
import synod.paxos.Bytes;
import synod.paxos.Snapshot;
import synod.paxos.StoreException;

/**
 * A whole snapshot in a directory: its header in the file {@code header}, and the files that it
 * names in {@code state/}, which is a database.
 */
record SnapshotFiles(Path directory, SnapshotHeader header, Bytes head) {
  private static final int BUFFER = 1 << 16;

  static Path header(Path directory) {
    return directory.resolve("header");
  }

  static Path state(Path directory) {
    return directory.resolve("state");
  }

  Snapshot name() {
    return header.name();
  }

  Path state() {
    return state(directory);
  }

  SnapshotFiles movedTo(Path elsewhere) {
    return new SnapshotFiles(elsewhere, header, head);
  }

  /** Nothing unless header and files are there, and are as long as they should be. */
  static Optional<SnapshotFiles> find(Path directory) {
    Path file = header(directory);
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > SnapshotHeader.MAX_BYTES) {
        return Optional.empty();
      }
      byte[] head = Files.readAllBytes(file);
      return SnapshotHeader.decode(head)
          .map(header -> new SnapshotFiles(directory, header, Bytes.of(head)))
          .filter(SnapshotFiles::isComplete);
    } catch (IOException e) {
      throw Failure.to("read", file, e);
    }
  }

  private boolean isComplete() {
    return header.parts().stream().allMatch(this::isThere);
  }

  private boolean isThere(SnapshotHeader.Part part) {
    File file = state().resolve(part.name()).toFile();
    return file.isFile() && file.length() == part.size();
  }

  /**
   * Writes the header of the state in this directory. It and every file are durable when this
   * returns. What hard links share with the snapshot before has been read and synced for that one.
   */
  static SnapshotFiles describe(Path directory, Snapshot name, Optional<SnapshotFiles> before) {
    Path state = state(directory);
    try {
      List<SnapshotHeader.Part> parts = new ArrayList<>();
      for (Path file : DurableFiles.list(state)) {
        Optional<SnapshotHeader.Part> known =
            before.isPresent() ? before.get().sharedWith(file) : Optional.empty();
        parts.add(known.isPresent() ? known.get() : readAndSync(file));
      }
      DurableFiles.sync(state);
      SnapshotHeader header = new SnapshotHeader(name.slot(), name.id(), parts);
      DurableFiles.write(header(directory), header.encode());
      return new SnapshotFiles(directory, header, header.encode());
    } catch (IOException e) {
      throw Failure.to("read", state, e);
    }
  }

  private Optional<SnapshotHeader.Part> sharedWith(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    Path own = state().resolve(name);
    boolean shared = Files.exists(own) && Files.isSameFile(own, file);
    return shared
        ? header.parts().stream().filter(part -> part.name().equals(name)).findFirst()
        : Optional.empty();
  }

  private static SnapshotHeader.Part readAndSync(Path file) throws IOException {
    int checksum = checksum(file);
    return new SnapshotHeader.Part(String.valueOf(file.getFileName()), Files.size(file), checksum);
  }

  /** Reads the whole file, and syncs it. */
  private static int checksum(Path file) throws IOException {
    CRC32C crc = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (channel.read(buffer.clear()) >= 0) {
        crc.update(buffer.flip());
      }
      channel.force(true);
    }
    return (int) crc.getValue();
  }

  /** Reads all of it and syncs it, directories too: whether each byte is what was written. */
  boolean isSound() {
    try {
      for (SnapshotHeader.Part part : header.parts()) {
        Path file = state().resolve(part.name());
        if (Files.size(file) != part.size() || checksum(file) != part.checksum()) {
          return false;
        }
      }
      DurableFiles.sync(header(directory));
      DurableFiles.sync(state());
      DurableFiles.sync(directory);
      return DurableFiles.list(state()).size() == header.parts().size();
    } catch (IOException e) {
      throw Failure.to("check", directory, e);
    }
  }

  /**
   * Copies it into an empty directory, on whatever disk. Durable when this returns; the header
   * comes last, so that a copy that was cut short is none.
   */
  void copyTo(Path to) throws IOException {
    Files.createDirectory(state(to));
    for (SnapshotHeader.Part part : header.parts()) {
      Path copy = state(to).resolve(part.name());
      Files.copy(state().resolve(part.name()), copy);
      if (checksum(copy) != part.checksum()) {
        throw new IOException(part.name() + " of the snapshot is damaged: check the disk");
      }
    }
    DurableFiles.sync(state(to));
    DurableFiles.write(header(to), head);
    DurableFiles.sync(to.resolveSibling("."));
  }

  /** What the state in this directory says of itself. */
  static StateSummary summary(Path directory, Options options) {
    try (StateTables tables = StateTables.openToRead(state(directory), options)) {
      return StateSummary.read(tables);
    }
  }

  /** Opens the state and reads every key: whether it is that of the slot, and adds up. */
  boolean isStateAtItsSlot(Options options) {
    try (StateTables tables = StateTables.openToRead(state(), options);
        View view = tables.view()) {
      StateSummary summary = StateSummary.read(view);
      return summary.applied() == header.slot()
          && summary.equals(Machine.recount(new Interruptible(view)));
    } catch (StoreException | Malformed e) {
      return false;
    }
  }

  /** Bytes of the snapshot as one string, up to the end of a file; nothing if they are gone. */
  Optional<Bytes> read(long offset, int most) {
    if (offset < head.size()) {
      int end = (int) Math.min(head.size(), offset + most);
      return Optional.of(Bytes.of(Arrays.copyOfRange(head.array(), (int) offset, end)));
    }
    long rest = offset - head.size();
    for (SnapshotHeader.Part part : header.parts()) {
      if (rest < part.size()) {
        return read(state().resolve(part.name()), rest, (int) Math.min(most, part.size() - rest));
      }
      rest -= part.size();
    }
    return Optional.of(Bytes.EMPTY);
  }

  private static Optional<Bytes> read(Path file, long from, int length) {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) > 0) {
        // each pass reads a stretch
      }
      return buffer.hasRemaining() ? Optional.empty() : Optional.of(Bytes.of(buffer.array()));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    } catch (IOException e) {
      throw Failure.to("read", file, e);
    }
  }

  /** A long scan would keep the process from ending. */
  private record Interruptible(StateReader state) implements StateReader {
    @Override
    public Optional<Bytes> get(Table table, Bytes key) {
      return state.get(table, key);
    }

    @Override
    public void scan(Table table, Bytes from, Visitor visitor) {
      state.scan(
          table,
          from,
          (key, value) -> !Thread.currentThread().isInterrupted() && visitor.visit(key, value));
    }
  }
}
