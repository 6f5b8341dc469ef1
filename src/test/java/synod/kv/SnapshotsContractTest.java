package synod.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import synod.paxos.Batch;
import synod.paxos.Bytes;
import synod.paxos.Invariant;
import synod.paxos.Snapshot;
import synod.paxos.Snapshots;
import synod.paxos.Snapshots.Stage;

/** How a state goes from one store to another as a snapshot, on a disk or in a memory. */
public abstract class SnapshotsContractTest {
  /** The store that the snapshot is made of. */
  protected abstract StateStore maker();

  /** An empty one. */
  protected abstract StateStore taker();

  /** Returns once what goes on behind has come to an end. */
  protected abstract void await(Snapshots snapshots);

  protected Snapshot made(StateStore store) {
    store.snapshots().make();
    await(store.snapshots());
    return store.snapshots().newest().orElseThrow();
  }

  protected void sendAll(Snapshots from, Snapshots to) {
    Transfers.sendAll(from, to);
    await(to);
  }

  @Test
  void thereIsNoneAtFirst() {
    Snapshots snapshots = maker().snapshots();

    assertEquals(Optional.empty(), snapshots.newest());
    assertEquals(Optional.empty(), snapshots.incoming());
    assertEquals(0, snapshots.received());
    assertEquals(Optional.empty(), snapshots.read(new Snapshot(1, 2, 3), 0, Transfers.PIECE));
  }

  @Test
  void bearsTheSlotThatWasAppliedWhenItWasMade() {
    Machine machine = Transfers.filled(maker(), 20);

    Snapshot first = made(maker());
    machine.apply(21, Transfers.put(21, "later"), false);
    Snapshot second = made(maker());

    assertEquals(20, first.slot());
    assertEquals(21, second.slot());
    assertNotEquals(first.id(), second.id());
  }

  @Test
  void aStateIsEqualToItsMakersOnceItIsInstalled() {
    Machine machine = Transfers.filled(maker(), 2_500);
    Machine other = Transfers.filled(taker(), 7);
    Snapshot snapshot = made(maker());

    taker().snapshots().receive(snapshot);
    assertEquals(Optional.of(snapshot), taker().snapshots().incoming());
    sendAll(maker().snapshots(), taker().snapshots());
    assertEquals(Stage.SOUND, taker().snapshots().stage());
    assertEquals(7, other.applied());
    other.install();

    assertEquals(machine.summary(), other.summary());
    assertEquals(machine.summary(), other.recount());
    assertEquals(2_500, other.durable());
    assertEquals(Optional.empty(), taker().snapshots().incoming());
    assertEquals(
        machine.apply(2_501, Transfers.put(2_501, "a"), true),
        other.apply(2_501, Transfers.put(2_501, "a"), true));
    assertEquals(machine.summary(), other.summary());
  }

  /** A repeat gets its first answer from a state that only came by snapshot, too. */
  @Test
  void sessionsStandInIt() {
    Machine machine = Transfers.filled(maker(), 5);
    Machine other = Machine.open(taker());
    taker().snapshots().receive(made(maker()));
    sendAll(maker().snapshots(), taker().snapshots());
    other.install();
    Batch repeat = new Batch(9, Transfers.put(5, "key5").commands());

    assertEquals(machine.apply(6, repeat, false), other.apply(6, repeat, false));
    assertEquals(machine.summary(), other.summary());
    assertEquals(machine.summary(), other.recount());
  }

  @Test
  void anythingWrongInItIsDamage() {
    Transfers.filled(maker(), 200);
    Snapshot snapshot = made(maker());
    taker().snapshots().receive(snapshot);
    Transfers.send(maker().snapshots(), taker().snapshots(), snapshot.bytes() / 2);
    long at = taker().snapshots().received();

    byte[] piece = maker().snapshots().read(snapshot, at, 1).orElseThrow().array().clone();
    piece[0] ^= 1;
    taker().snapshots().append(Bytes.of(piece));
    sendAll(maker().snapshots(), taker().snapshots());

    assertEquals(Stage.DAMAGED, taker().snapshots().stage());
    assertThrows(Invariant.Violation.class, () -> taker().install());
  }

  @Test
  void whatWasReceivedOfOneIsThrownAwayForAnother() {
    Transfers.filled(maker(), 100);
    Snapshot first = made(maker());
    taker().snapshots().receive(first);
    Transfers.send(maker().snapshots(), taker().snapshots(), Transfers.PIECE);
    Machine machine = Transfers.filled(maker(), 120);
    Snapshot second = made(maker());

    taker().snapshots().receive(second);

    assertEquals(0, taker().snapshots().received());
    assertEquals(Stage.RECEIVING, taker().snapshots().stage());
    sendAll(maker().snapshots(), taker().snapshots());
    Machine other = Machine.open(taker());
    other.install();
    assertEquals(machine.summary(), other.recount());
  }

  @Test
  void whatIsAbandonedIsGone() {
    Transfers.filled(maker(), 100);
    Snapshot snapshot = made(maker());
    taker().snapshots().receive(snapshot);
    Transfers.send(maker().snapshots(), taker().snapshots(), Transfers.PIECE);

    taker().snapshots().abandon();
    taker().snapshots().abandon();

    assertEquals(Optional.empty(), taker().snapshots().incoming());
    assertEquals(0, taker().snapshots().received());
    taker().snapshots().receive(snapshot);
    sendAll(maker().snapshots(), taker().snapshots());
    assertEquals(Stage.SOUND, taker().snapshots().stage());
  }

  @Test
  void aViewOfTheOldStateStaysAsItWasAfterAnInstall() {
    Transfers.filled(maker(), 50);
    Machine other = Transfers.filled(taker(), 3);
    StateSummary before = other.summary();
    taker().snapshots().receive(made(maker()));
    sendAll(maker().snapshots(), taker().snapshots());

    try (StateStore.View view = taker().view()) {
      other.install();

      assertEquals(before, Machine.recount(view));
      assertEquals(50, other.recount().keys());
    }
  }
}
