package synod.paxos;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import synod.memory.MemorySnapshots;
import synod.testing.Batches;

/**
 * Remembers what was applied. It survives a crash of the process, but for a tail that a test names.
 */
final class RecordingMachine implements StateMachine {
  private final List<Batch> batches = new ArrayList<>();
  private final TreeMap<Long, Batch> kept = new TreeMap<>();
  private final MemorySnapshots snapshots = new MemorySnapshots(this::made);
  private final BiConsumer<Long, Batch> watcher;
  private long durable;

  RecordingMachine(BiConsumer<Long, Batch> watcher) {
    this.watcher = watcher;
  }

  @Override
  public long applied() {
    return batches.size();
  }

  @Override
  public List<Reply> apply(long slot, Batch batch, boolean keep) {
    Invariant.check(slot == applied() + 1, "%s applied after %s", slot, applied());
    batches.add(batch);
    if (keep) {
      kept.put(slot, batch);
    }
    watcher.accept(slot, batch);
    return batch.noOp() ? List.of() : List.of(new Reply(slot, 1, batch.commands()));
  }

  @Override
  public Optional<Batch> kept(long slot) {
    return Optional.ofNullable(kept.get(slot));
  }

  @Override
  public void persist() {
    durable = applied();
  }

  @Override
  public long durable() {
    return durable;
  }

  @Override
  public void forget(long slot) {
    kept.headMap(slot, true).clear();
  }

  @Override
  public MemorySnapshots snapshots() {
    return snapshots;
  }

  @Override
  public void install() {
    List<Batch> taken = Batches.of(snapshots.take());
    batches.clear();
    batches.addAll(taken);
    durable = applied();
  }

  private MemorySnapshots.Made made() {
    return Batches.made(batches);
  }

  void checkForEver() {
    snapshots.checkForEver();
  }

  List<Batch> batches() {
    return List.copyOf(batches);
  }

  /** A power cut: the state is not synced, and goes back by that many slots. */
  void lose(int slots) {
    int left = Math.max(Math.toIntExact(durable), batches.size() - slots);
    batches.subList(left, batches.size()).clear();
    kept.tailMap((long) left, false).clear();
  }
}
