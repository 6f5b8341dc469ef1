package synod.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.kv.Machine;
import synod.kv.StateSummary;
import synod.kv.Transfers;
import synod.paxos.Snapshot;
import synod.paxos.Snapshots;
import synod.paxos.Snapshots.Stage;

/** Whatever a process was about with its snapshots when it died, the next one goes on rightly. */
class SnapshotCrashTest {
  private final Closing closing = new Closing();
  private Path temporary;
  private Options options;
  private RocksState maker;
  private RocksState taker;
  private StateSummary old;
  private StateSummary next;
  private Snapshot snapshot;

  @BeforeEach
  void make(@TempDir Path fresh) {
    temporary = fresh;
    options = closing.later(Directories.options());
    maker = open("maker");
    taker = open("taker");
    next = Transfers.filled(maker, 300).summary();
    old = Transfers.filled(taker, 5).summary();
    maker.snapshots().make();
    maker.awaitBehind();
    snapshot = maker.snapshots().newest().orElseThrow();
  }

  @AfterEach
  void close() {
    closing.close();
  }

  private RocksState open(String name) {
    return closing.later(RocksState.open(temporary.resolve(name), options));
  }

  /** What the next process finds if this one is killed now. */
  private RocksState afterKill(String name, String copy) {
    Directories.copy(temporary.resolve(name), temporary.resolve(copy));
    return open(copy);
  }

  @Test
  void aFinishedOneIsOfferedAgain() {
    RocksState again = afterKill("maker", "again");

    assertEquals(Optional.of(snapshot), again.snapshots().newest());
    taker.snapshots().receive(snapshot);
    Transfers.sendAll(again.snapshots(), taker.snapshots());
    taker.awaitBehind();
    assertEquals(Stage.SOUND, taker.snapshots().stage());
  }

  @Test
  void anUnfinishedOneIsThrownAwayWhateverIsMissing() throws IOException {
    Path made = DurableFiles.list(temporary.resolve("maker/snapshots")).get(0);
    Path killed = Directories.copy(temporary.resolve("maker"), temporary.resolve("killed"));
    Path home = killed.resolve("snapshots");
    Directories.copy(made, home.resolve("making.tmp"));
    Files.delete(Directories.copy(made, home.resolve("7-headless")).resolve("header"));
    Path short1 = Directories.copy(made, home.resolve("9-short"));
    Files.write(short1.resolve("state/CURRENT"), new byte[3]);

    RocksState again = open("killed");

    assertEquals(Optional.of(snapshot), again.snapshots().newest());
    assertEquals(1, DurableFiles.list(home).size());
  }

  @Test
  void receivingGoesOnFromWhatIsThereAtEveryPiece() {
    taker.snapshots().receive(snapshot);
    for (int part = 0; part <= 10; part++) {
      long until = snapshot.bytes() * part / 10;
      Transfers.send(maker.snapshots(), taker.snapshots(), until);
      RocksState again = afterKill("taker", "killed" + part);

      assertEquals(Optional.of(snapshot), again.snapshots().incoming());
      assertEquals(until, again.snapshots().received());
      Transfers.sendAll(maker.snapshots(), again.snapshots());
      again.awaitBehind();
      assertEquals(Stage.SOUND, again.snapshots().stage(), "from " + until);
      Machine machine = Machine.open(again);
      assertEquals(old, machine.summary());
      machine.install();
      assertEquals(next, machine.recount());
    }
  }

  /** After a power cut a later file may be there and an earlier one not. */
  @Test
  void whatCameBehindALostStretchIsAskedForAgain() throws IOException {
    taker.snapshots().receive(snapshot);
    Transfers.send(maker.snapshots(), taker.snapshots(), snapshot.bytes() - 1);
    Path cut = Directories.copy(temporary.resolve("taker"), temporary.resolve("cut"));
    Path state = DurableFiles.list(cut.resolve("incoming")).get(0).resolve("state");
    Path largest = Directories.largest(state);
    Files.write(largest, half(Files.readAllBytes(largest)));

    RocksState again = open("cut");

    assertTrue(again.snapshots().received() < snapshot.bytes() - 1);
    Transfers.sendAll(maker.snapshots(), again.snapshots());
    again.awaitBehind();
    assertEquals(Stage.SOUND, again.snapshots().stage());
  }

  private static byte[] half(byte[] all) {
    return Arrays.copyOf(all, all.length / 2);
  }

  @Test
  void aSoundOneIsCheckedAgainAndStaysSound() {
    receiveAll();

    RocksState again = afterKill("taker", "again");
    again.awaitBehind();

    assertEquals(Stage.SOUND, again.snapshots().stage());
    assertEquals(old, Machine.open(again).recount());
  }

  @Test
  void beforeTheRenameTheStateIsTheOldOneAndAfterItTheNewOne() {
    receiveAll();
    Path killed = Directories.copy(temporary.resolve("taker"), temporary.resolve("killed"));
    RocksState before = open("killed");
    assertEquals(old, Machine.open(before).recount());
    before.close();
    Path received = DurableFiles.list(killed.resolve("incoming")).get(0).resolve("state");

    DurableFiles.rename(received, killed.resolve("state/2"));
    RocksState again = open("killed");

    assertEquals(next, Machine.open(again).recount());
    assertEquals(Optional.empty(), again.snapshots().incoming());
    assertEquals(List.of(), DurableFiles.list(killed.resolve("incoming")));
    assertFalse(Files.exists(killed.resolve("state/1")));
  }

  @Test
  void aStateHalfDeletedAfterAnInstallIsNotTheState() throws IOException {
    receiveAll();
    Path killed = Directories.copy(temporary.resolve("taker"), temporary.resolve("killed"));
    Path received = DurableFiles.list(killed.resolve("incoming")).get(0).resolve("state");
    DurableFiles.rename(received, killed.resolve("state/2"));
    Files.delete(killed.resolve("state/1/CURRENT"));

    assertEquals(next, Machine.open(open("killed")).recount());
  }

  @Test
  void anInstalledStateOutlivesRestartsAndTheNextInstall() {
    receiveAll();
    Machine.open(taker).install();
    taker.awaitBehind();
    assertEquals(List.of(temporary.resolve("taker/state/2")), states("taker"));

    Machine machine = Machine.open(afterKill("taker", "again"));
    assertEquals(next, machine.recount());
    StateSummary later = Transfers.filled(maker, 310).summary();
    maker.snapshots().make();
    maker.awaitBehind();
    RocksState third = afterKill("taker", "third");
    snapshot = maker.snapshots().newest().orElseThrow();
    third.snapshots().receive(snapshot);
    Transfers.sendAll(maker.snapshots(), third.snapshots());
    third.awaitBehind();
    Machine.open(third).install();

    assertEquals(later, Machine.open(third).recount());
    third.awaitBehind();
    assertEquals(List.of(temporary.resolve("third/state/3")), states("third"));
  }

  /** Earlier versions knew one state only; the move may have been cut short. */
  @Test
  void theStateOfAnEarlierVersionIsTakenOver() {
    maker.close();
    Directories.make(temporary.resolve("first"));
    DurableFiles.rename(temporary.resolve("maker/state/1"), temporary.resolve("first/state"));
    Path second = Directories.make(temporary.resolve("second"));
    Directories.copy(temporary.resolve("first/state"), second.resolve("state.format1"));

    assertEquals(next, Machine.open(open("first")).recount());
    assertEquals(next, Machine.open(open("second")).recount());
  }

  @Test
  void anAbandonedOneDoesNotComeBack() {
    taker.snapshots().receive(snapshot);
    Transfers.send(maker.snapshots(), taker.snapshots(), 5_000);
    taker.snapshots().abandon();
    taker.awaitBehind();

    RocksState again = afterKill("taker", "again");

    assertEquals(Optional.empty(), again.snapshots().incoming());
    assertEquals(List.of(), DurableFiles.list(temporary.resolve("again/incoming")));
  }

  @Test
  void ofAnAnnouncementHalfWrittenNothingIsLeft() throws IOException {
    taker.snapshots().receive(snapshot);
    Path killed = Directories.copy(temporary.resolve("taker"), temporary.resolve("killed"));
    Path announced = DurableFiles.list(killed.resolve("incoming")).get(0).resolve("announced");
    Files.write(announced, half(Files.readAllBytes(announced)));

    assertEquals(Optional.empty(), open("killed").snapshots().incoming());
  }

  private void receiveAll() {
    Snapshots to = taker.snapshots();
    to.receive(snapshot);
    Transfers.sendAll(maker.snapshots(), to);
    taker.awaitBehind();
    assertEquals(Stage.SOUND, to.stage());
  }

  private List<Path> states(String name) {
    return DurableFiles.list(temporary.resolve(name).resolve("state"));
  }
}
