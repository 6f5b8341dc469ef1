package synod.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import synod.kv.Transfers;
import synod.paxos.Bytes;
import synod.paxos.Snapshot;
import synod.paxos.Snapshots;
import synod.paxos.Snapshots.Stage;

/** A snapshot that another replica offers, as two files: a process can be handed their paths. */
record Offer(Snapshot name, Path bytes) {
  static final long SLOT = 300;

  private static final int PIECE = 16 << 10;

  /** Has another replica make one. */
  static void make(Path directory) {
    try (Options options = Directories.options();
        RocksState maker = RocksState.open(directory, options)) {
      Transfers.filled(maker, SLOT);
      maker.snapshots().make();
      maker.awaitBehind();
      Snapshot made = maker.snapshots().newest().orElseThrow();
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      while (all.size() < made.bytes()) {
        all.writeBytes(maker.snapshots().read(made, all.size(), PIECE).orElseThrow().array());
      }
      String name = made.slot() + " " + made.id() + " " + made.bytes();
      Files.writeString(directory.resolve("name"), name);
      Files.write(directory.resolve("bytes"), all.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Offer in(Path directory) {
    try {
      List<Long> name =
          Arrays.stream(Files.readString(directory.resolve("name")).split(" ", -1))
              .map(Long::valueOf)
              .toList();
      return new Offer(
          new Snapshot(name.get(0), name.get(1), name.get(2)), directory.resolve("bytes"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hands over what is missing. */
  void sendTo(Snapshots to) {
    if (!to.incoming().filter(name::equals).isPresent()) {
      to.receive(name);
    }
    byte[] all = read();
    while (to.stage() == Stage.RECEIVING) {
      int from = (int) to.received();
      to.append(Bytes.of(Arrays.copyOfRange(all, from, Math.min(from + PIECE, all.length))));
    }
  }

  private byte[] read() {
    try {
      return Files.readAllBytes(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
