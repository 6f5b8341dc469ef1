package synod.memory;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import synod.paxos.Bytes;
import synod.paxos.Invariant;
import synod.paxos.Snapshot;
import synod.paxos.Snapshots;

/**
 * Snapshots in memory, made and checked at once unless a test holds that up. The id is a checksum,
 * so that damage shows. What makes and reads them is safe for any thread.
 */
public final class MemorySnapshots implements Snapshots {
  private final Supplier<Made> maker;
  private Optional<Made> newest = Optional.empty();
  private Optional<Made> unfinished = Optional.empty();
  private boolean held;
  private Optional<Snapshot> incoming = Optional.empty();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private boolean slow;
  private boolean rotten;
  private int begun;

  /** A state at one slot, as bytes. */
  public record Made(long slot, Bytes bytes) {
    Snapshot name() {
      return new Snapshot(slot, Arrays.hashCode(bytes.array()), bytes.size());
    }
  }

  public MemorySnapshots(Supplier<Made> maker) {
    this.maker = maker;
  }

  /** From now on what is begun to be made stays unfinished. */
  public synchronized void holdMaking() {
    held = true;
  }

  public synchronized boolean isMaking() {
    return unfinished.isPresent();
  }

  public synchronized void finishMaking() {
    held = false;
    newest = unfinished.or(() -> newest);
    rotten = false;
    unfinished = Optional.empty();
  }

  @Override
  public synchronized Optional<Snapshot> newest() {
    return newest.map(Made::name);
  }

  @Override
  public synchronized void make() {
    begun++;
    unfinished = unfinished.or(() -> Optional.of(maker.get()));
    if (!held) {
      finishMaking();
    }
  }

  @Override
  public synchronized Optional<Bytes> read(Snapshot snapshot, long offset, int most) {
    Optional<Bytes> piece =
        newest
            .filter(made -> made.name().equals(snapshot))
            .map(made -> piece(made.bytes().array(), offset, most));
    if (rotten && offset + most >= snapshot.bytes()) {
      newest = newest.filter(made -> !made.name().equals(snapshot));
    }
    return piece;
  }

  /** The newest is not read as it was written, which is found when all of it has been read. */
  public synchronized void rot() {
    rotten = true;
  }

  private Bytes piece(byte[] all, long offset, int most) {
    int from = (int) Math.min(offset, all.length);
    byte[] piece = Arrays.copyOfRange(all, from, Math.min(all.length, from + most));
    if (rotten && piece.length > 0) {
      piece[piece.length / 2] ^= 1;
    }
    return Bytes.of(piece);
  }

  @Override
  public Optional<Snapshot> incoming() {
    return incoming;
  }

  @Override
  public long received() {
    return received.size();
  }

  @Override
  public Stage stage() {
    long missing = incoming.map(Snapshot::bytes).orElse(0L) - received.size();
    if (incoming.isEmpty() || missing > 0) {
      return Stage.RECEIVING;
    }
    if (slow) {
      return Stage.CHECKING;
    }
    boolean sound = incoming.get().id() == Arrays.hashCode(received.toByteArray());
    return sound ? Stage.SOUND : Stage.DAMAGED;
  }

  @Override
  public void receive(Snapshot snapshot) {
    incoming = Optional.of(snapshot);
    received.reset();
  }

  @Override
  public void append(Bytes piece) {
    Invariant.check(incoming.isPresent(), "nothing is being received");
    received.writeBytes(piece.array());
  }

  @Override
  public void abandon() {
    incoming = Optional.empty();
    received.reset();
  }

  /** How many were begun. */
  public synchronized int begun() {
    return begun;
  }

  /** From now on no check comes to its end. */
  public void checkForEver() {
    slow = true;
  }

  /** Takes the received one, to be put in place of the state. */
  public Made take() {
    Invariant.check(stage() == Stage.SOUND, "installed while it is %s", stage());
    Made taken = new Made(incoming.orElseThrow().slot(), Bytes.of(received.toByteArray()));
    abandon();
    return taken;
  }
}
