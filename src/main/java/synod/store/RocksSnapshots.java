package synod.store;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import synod.kv.StateSummary;
import synod.paxos.Bytes;
import synod.paxos.Invariant;
import synod.paxos.Snapshot;
import synod.paxos.Snapshots;

/**
 * The snapshots of a state on disk: {@code DATA/snapshots} has those that were made here, {@code
 * DATA/incoming} the one that is being received. What takes long happens on the thread behind.
 */
final class RocksSnapshots implements Snapshots, AutoCloseable {
  private final Path incoming;
  private final Options options;
  private final Refusal refusal;
  private final Background behind;
  private final Supplier<Held> state;
  private final MadeSnapshots made;
  private final AtomicBoolean making = new AtomicBoolean();
  private volatile Optional<Reception> reception;

  /** The tables of now, which stay open until it is closed, also if others replace them. */
  interface Held extends AutoCloseable {
    StateTables tables();

    @Override
    void close();
  }

  /** What the snapshots of one state share with it. */
  record Surroundings(Options options, Refusal refusal, Background behind, Supplier<Held> state) {}

  RocksSnapshots(Path home, Surroundings around) {
    this.incoming = home.resolve("incoming");
    this.options = around.options();
    this.refusal = around.refusal();
    this.behind = around.behind();
    this.state = around.state();
    this.made = MadeSnapshots.in(home.resolve("snapshots"), options);
    this.reception = Reception.in(incoming);
    reception.ifPresent(this::checkWhatIsWhole);
  }

  @Override
  public Optional<Snapshot> newest() {
    return made.newest();
  }

  @Override
  public void make() {
    if (!making.getAndSet(true)) {
      make((files, summary) -> making.set(false));
    }
  }

  /** Makes one of what is applied by now, and hands it over, on the thread behind. */
  void make(BiConsumer<SnapshotFiles, StateSummary> then) {
    Held held = refusal.guard(state);
    behind.run(
        () -> {
          try (held) {
            made.make(held.tables(), then);
          }
        });
  }

  @Override
  public Optional<Bytes> read(Snapshot snapshot, long offset, int most) {
    return refusal.guard(() -> made.read(snapshot, offset, most));
  }

  @Override
  public Optional<Snapshot> incoming() {
    return reception.map(Reception::snapshot);
  }

  @Override
  public long received() {
    return reception.map(Reception::received).orElse(0L);
  }

  @Override
  public Stage stage() {
    return refusal.guard(() -> reception.map(Reception::stage).orElse(Stage.RECEIVING));
  }

  @Override
  public void receive(Snapshot snapshot) {
    abandon();
    reception = Optional.of(refusal.guard(() -> Reception.begin(incoming, snapshot)));
  }

  @Override
  public void append(Bytes piece) {
    Optional<Reception> one = reception;
    Invariant.check(one.isPresent(), "nothing is being received");
    Reception now = one.orElseThrow();
    boolean before = now.stage() == Stage.RECEIVING;
    refusal.guard(
        () -> {
          now.append(piece);
          return now;
        });
    if (before) {
      checkWhatIsWhole(now);
    }
  }

  private void checkWhatIsWhole(Reception now) {
    if (now.stage() == Stage.CHECKING) {
      behind.run(() -> now.check(options));
    }
  }

  @Override
  public void abandon() {
    reception.ifPresent(
        one -> {
          reception = Optional.empty();
          refusal.guard(
              () -> {
                one.abandon();
                return one;
              });
          behind.run(one::delete);
        });
  }

  /** Hands over where the received state is, which the taker moves away at once. */
  Path sound() {
    Invariant.check(stage() == Stage.SOUND, "installed while it is %s", stage());
    return reception.orElseThrow().state();
  }

  @Override
  public void close() {
    reception.ifPresent(Reception::close);
  }
}
