package synod.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.kv.Machine;
import synod.kv.StateStore;
import synod.kv.Transfers;
import synod.paxos.Bytes;
import synod.paxos.Snapshot;
import synod.paxos.Snapshots;
import synod.paxos.Snapshots.Stage;
import synod.paxos.StoreException;

/** What only a disk can do to a snapshot, and what only threads can. */
class SnapshotDiskTest {
  private final Closing closing = new Closing();
  private final List<String> failures = new ArrayList<>();
  private Path temporary;
  private Options options;
  private RocksState maker;
  private RocksState taker;

  @BeforeEach
  void open(@TempDir Path fresh) {
    temporary = fresh;
    options = closing.later(new Options(new Alarm(() -> {}, failures::add), true));
    maker = open("maker");
    taker = open("taker");
  }

  @AfterEach
  void close() {
    closing.close();
  }

  private RocksState open(String name) {
    return closing.later(RocksState.open(temporary.resolve(name), options));
  }

  private Snapshot made() {
    maker.snapshots().make();
    maker.awaitBehind();
    return maker.snapshots().newest().orElseThrow();
  }

  private Path madeIn() {
    return DurableFiles.list(temporary.resolve("maker/snapshots")).get(0);
  }

  private Stage received(Snapshot snapshot) {
    Snapshots to = taker.snapshots();
    to.receive(snapshot);
    Transfers.sendAll(maker.snapshots(), to);
    taker.awaitBehind();
    return to.stage();
  }

  @Test
  void aFlippedBitInAnyOfItsFilesIsDamageAndTheStateStays() {
    Transfers.filled(maker, 200);
    Machine old = Transfers.filled(taker, 3);
    Snapshot snapshot = made();

    for (long at : firstMiddleAndLastByteOfEachFile()) {
      taker.snapshots().receive(snapshot);
      Transfers.send(maker.snapshots(), taker.snapshots(), at);
      byte[] piece = maker.snapshots().read(snapshot, at, 1).orElseThrow().array().clone();
      piece[0] ^= 16;
      taker.snapshots().append(Bytes.of(piece));
      Transfers.sendAll(maker.snapshots(), taker.snapshots());
      taker.awaitBehind();

      assertEquals(Stage.DAMAGED, taker.snapshots().stage(), "byte " + at);
    }
    assertEquals(old.summary(), old.recount());
    assertEquals(List.of(), failures);
  }

  private List<Long> firstMiddleAndLastByteOfEachFile() {
    SnapshotFiles files = SnapshotFiles.find(madeIn()).orElseThrow();
    List<Long> sizes = new ArrayList<>(List.of((long) files.head().size()));
    files.header().parts().forEach(part -> sizes.add(part.size()));
    List<Long> places = new ArrayList<>();
    long from = 0;
    for (long size : sizes) {
      if (size > 0) {
        places.addAll(List.of(from, from + size / 2, from + size - 1));
      }
      from += size;
    }
    return places;
  }

  /** Every byte is as its maker wrote it, but its maker was wrong. */
  @Test
  void aStateThatDoesNotAddUpIsDamage() {
    Machine machine = Transfers.filled(maker, 50);
    maker.deleteBelow(StateStore.Table.DATA, Bytes.utf8("key2"));
    assertFalse(machine.summary().equals(machine.recount()));

    assertEquals(Stage.DAMAGED, received(made()));
  }

  @Test
  void anotherSnapshotThanTheAnnouncedIsDamage() {
    Transfers.filled(maker, 50);
    Snapshot snapshot = made();
    Snapshots to = taker.snapshots();

    to.receive(new Snapshot(snapshot.slot() + 1, snapshot.id(), snapshot.bytes()));
    to.append(maker.snapshots().read(snapshot, 0, 10_000).orElseThrow());

    assertEquals(Stage.DAMAGED, to.stage());
  }

  @Test
  void anOlderOneGoesUnlessItIsBeingRead() {
    Transfers.filled(maker, 10);
    Snapshot unread = made();
    Transfers.filled(maker, 20);
    Snapshot read = made();
    maker.snapshots().read(read, 0, 100);
    Transfers.filled(maker, 30);
    made();

    assertEquals(Optional.empty(), maker.snapshots().read(unread, 0, 100));
    assertEquals(Stage.SOUND, received(read));
    assertEquals(2, DurableFiles.list(temporary.resolve("maker/snapshots")).size());
  }

  /** While one is made, received and installed, reads on other threads go on. */
  @Test
  void readersNeverMeetAClosedStateWhileItIsReplaced()
      throws ExecutionException, InterruptedException {
    Machine machine = Transfers.filled(maker, 1_000);
    Machine other = Transfers.filled(taker, 1_000);
    AtomicBoolean ended = new AtomicBoolean();
    ExecutorService readers = Executors.newFixedThreadPool(2);
    try {
      Future<Long> counts = readers.submit(() -> recounts(other, ended));
      Future<Long> gets = readers.submit(() -> gets(taker, ended));
      for (int i = 1; i <= 5; i++) {
        Transfers.filled(maker, 1_000 + 100 * i);
        assertEquals(Stage.SOUND, received(made()));
        other.install();
      }
      ended.set(true);

      assertTrue(counts.get() > 0 && gets.get() > 0);
    } finally {
      ended.set(true);
      readers.shutdown();
    }
    taker.awaitBehind();
    assertEquals(1, DurableFiles.list(temporary.resolve("taker/state")).size());
    assertEquals(Machine.open(maker).summary().digest(), other.recount().digest());
    assertEquals(1_000, machine.summary().keys());
  }

  private static long recounts(Machine machine, AtomicBoolean ended) {
    long count = 0;
    for (; !ended.get(); count++) {
      assertEquals(1_000, machine.recount().keys());
    }
    return count;
  }

  private static long gets(StateStore store, AtomicBoolean ended) {
    long count = 0;
    for (; !ended.get(); count++) {
      assertTrue(store.get(StateStore.Table.DATA, Bytes.utf8("key7")).isPresent());
    }
    return count;
  }

  @Test
  void tellsWhenWhatWasCommittedIsDurable() {
    Machine machine = Transfers.filled(maker, 10);
    assertEquals(0, machine.durable());

    machine.persist();
    maker.awaitBehind();

    assertEquals(10, machine.durable());
  }

  @Test
  void aFailureBehindRefusesEverythingAfter() throws IOException {
    Machine machine = Transfers.filled(maker, 10);
    DurableFiles.delete(temporary.resolve("maker/snapshots"));
    Files.writeString(temporary.resolve("maker/snapshots"), "no directory");

    maker.snapshots().make();
    maker.awaitBehind();

    assertEquals(1, failures.size());
    assertThrows(StoreException.class, () -> machine.apply(11, Transfers.put(11, "a"), false));
    assertThrows(StoreException.class, machine::persist);
    assertThrows(StoreException.class, () -> maker.snapshots().stage());
  }

  @Test
  void whatHasRottedIsOfferedNoMoreAndTheNextOneIsWhole() throws IOException {
    Transfers.filled(maker, 200);
    Snapshot rotten = made();
    ruin(madeIn().resolve("state/CURRENT"));

    assertEquals(Optional.empty(), Contents.read(maker.snapshots()));
    assertEquals(Optional.empty(), maker.snapshots().newest());
    Snapshot next = made();
    assertFalse(next.equals(rotten));
    assertEquals(Stage.SOUND, received(next));
    assertEquals(1, DurableFiles.list(temporary.resolve("maker/snapshots")).size());
  }

  /** They share files, by hard links: which ones, RocksDB decides behind. */
  @Test
  void aStateThatHasRottedWithItsSnapshotIsAFailureOfTheStore() throws IOException {
    Transfers.filled(maker, 200);
    made();
    maker.close();
    ruinTables(madeIn().resolve("state"));
    ruinTables(temporary.resolve("maker/state/1"));
    RocksState again = open("maker");

    assertEquals(Optional.empty(), Contents.read(again.snapshots()));
    again.snapshots().make();
    again.awaitBehind();

    assertEquals(1, failures.size());
    assertEquals(Optional.empty(), again.snapshots().newest());
  }

  private static void ruinTables(Path directory) throws IOException {
    for (Path file : Directories.files(directory)) {
      if (file.toString().endsWith(".sst")) {
        ruin(file);
      }
    }
  }

  /** In its first block; a second time changes nothing. */
  private static void ruin(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 5, 12, (byte) 0x55);
    Files.write(file, bytes);
  }

  /** A full disk, say. */
  @Test
  void aPieceThatCannotBeWrittenIsAFailureOfTheStore() {
    Transfers.filled(maker, 200);
    Machine machine = Transfers.filled(taker, 3);
    taker.snapshots().receive(made());
    DurableFiles.delete(DurableFiles.list(temporary.resolve("taker/incoming")).get(0));

    assertThrows(
        StoreException.class, () -> Transfers.sendAll(maker.snapshots(), taker.snapshots()));

    assertThrows(StoreException.class, () -> machine.apply(4, Transfers.put(4, "a"), false));
    taker.close();
    assertEquals(3, Machine.open(open("taker")).recount().applied());
  }

  @Test
  void aStateThatIsClosedWhileOneIsMadeOpensAgain() {
    Transfers.filled(maker, 5_000);

    maker.snapshots().make();
    maker.persist(() -> {});
    maker.close();

    assertEquals(5_000, Machine.open(open("maker")).recount().applied());
    assertEquals(List.of(), failures);
  }
}
