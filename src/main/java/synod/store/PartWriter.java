package synod.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import synod.paxos.Bytes;
import synod.paxos.Snapshot;

/**
 * Takes a snapshot as one string of bytes apart again, into its header and its files, as the bytes
 * come. State: how far it is; what it has written. Nothing is synced here.
 */
final class PartWriter implements AutoCloseable {
  private final Path directory;
  private final Snapshot snapshot;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private List<SnapshotHeader.Part> missing = List.of();
  private Optional<SnapshotHeader> header = Optional.empty();
  private long written;
  private long inPart;
  private boolean damaged;
  private @Nullable FileChannel open;

  private PartWriter(Path directory, Snapshot snapshot) {
    this.directory = directory;
    this.snapshot = snapshot;
  }

  /** Goes on behind what is there: the first file that is too short is the last that counts. */
  static PartWriter in(Path directory, Snapshot snapshot) {
    PartWriter writer = new PartWriter(directory, snapshot);
    try {
      writer.resume();
      return writer;
    } catch (IOException e) {
      throw Failure.to("read", directory, e);
    }
  }

  private void resume() throws IOException {
    Path file = SnapshotFiles.header(directory);
    if (Files.exists(file)) {
      byte[] there = Files.readAllBytes(file);
      head.writeBytes(there);
      written = there.length;
      readHeader();
    }
    boolean all = header.isPresent();
    while (all && !missing.isEmpty()) {
      SnapshotHeader.Part part = missing.get(0);
      inPart = Math.min(part.size(), file(part).toFile().length());
      written += inPart;
      all = inPart == part.size() && Files.exists(file(part));
      if (all) {
        nextPart();
      }
    }
    passEmptyParts();
    missing.stream().skip(1).forEach(part -> DurableFiles.delete(file(part)));
  }

  /** Bytes that are here. */
  long written() {
    return written;
  }

  /** Whether it is seen already that this is not what its maker wrote. */
  boolean isDamaged() {
    return damaged;
  }

  /** The header, once it is here. */
  Optional<SnapshotHeader> header() {
    return header;
  }

  void append(Bytes piece) {
    damaged |= written + piece.size() > snapshot.bytes();
    try {
      ByteBuffer bytes = ByteBuffer.wrap(piece.array());
      while (bytes.hasRemaining() && !damaged) {
        if (header.isPresent()) {
          appendToPart(bytes);
        } else {
          appendToHeader(bytes);
        }
      }
    } catch (IOException e) {
      throw Failure.to("write into", directory, e);
    }
  }

  private void appendToHeader(ByteBuffer bytes) throws IOException {
    int before = head.size();
    ByteBuffer all = bytes.duplicate();
    byte[] rest = new byte[all.remaining()];
    all.get(rest);
    head.writeBytes(rest);
    OptionalInt end = SnapshotHeader.end(head.toByteArray());
    int taken = end.orElse(head.size()) - before;
    write(SnapshotFiles.header(directory), 0, bytes, taken);
    damaged = end.isEmpty() && head.size() > SnapshotHeader.MAX_BYTES;
    if (end.isPresent()) {
      byte[] whole = head.toByteArray();
      head.reset();
      head.write(whole, 0, end.getAsInt());
      close();
      readHeader();
    }
  }

  /** A header that is not that of the announced snapshot is damage, if it is one at all. */
  private void readHeader() throws IOException {
    byte[] bytes = head.toByteArray();
    if (SnapshotHeader.end(bytes).isPresent()) {
      header = SnapshotHeader.decode(bytes).filter(found -> found.name().equals(snapshot));
      damaged = header.isEmpty();
      missing = header.map(SnapshotHeader::parts).orElse(List.of());
      passEmptyParts();
    }
  }

  private void appendToPart(ByteBuffer bytes) throws IOException {
    SnapshotHeader.Part part = missing.get(0);
    int length = (int) Math.min(bytes.remaining(), part.size() - inPart);
    write(file(part), inPart, bytes, length);
    inPart += length;
    if (inPart == part.size()) {
      nextPart();
      passEmptyParts();
    }
  }

  private void passEmptyParts() throws IOException {
    while (!missing.isEmpty() && missing.get(0).size() == 0 && inPart == 0) {
      Path file = file(missing.get(0));
      if (!Files.exists(file)) {
        Files.createFile(file);
      }
      nextPart();
    }
  }

  private void nextPart() throws IOException {
    close();
    missing = missing.subList(1, missing.size());
    inPart = 0;
  }

  /** Writes so many of the bytes at the end of the file, which is kept open. */
  private void write(Path file, long from, ByteBuffer bytes, int length) throws IOException {
    FileChannel to = open;
    if (to == null) {
      to = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      to.position(header.isPresent() ? from : written);
      open = to;
    }
    ByteBuffer some = bytes.slice().limit(length);
    DurableFiles.writeAll(to, some);
    bytes.position(bytes.position() + length);
    written += length;
  }

  private Path file(SnapshotHeader.Part part) {
    return SnapshotFiles.state(directory).resolve(part.name());
  }

  @Override
  public void close() {
    FileChannel to = open;
    open = null;
    if (to != null) {
      try {
        to.close();
      } catch (IOException e) {
        throw Failure.to("write into", directory, e);
      }
    }
  }
}
