package synod.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import synod.kv.Answer;
import synod.kv.Machine;
import synod.kv.Query;
import synod.memory.MemorySnapshots;
import synod.memory.MemoryState;
import synod.paxos.Batch;
import synod.paxos.Reply;
import synod.paxos.Snapshots;
import synod.paxos.StateMachine;
import synod.testing.Batches;

/** The store's state machine, which a power cut sends back by some slots. */
final class State implements StateMachine {
  private final List<Batch> applied = new ArrayList<>();
  private final TreeMap<Long, Batch> kept = new TreeMap<>();
  private final MemorySnapshots snapshots = new MemorySnapshots(this::made);
  private long durable;
  private Machine machine = Machine.open(new MemoryState());

  @Override
  public long applied() {
    return applied.size();
  }

  @Override
  public List<Reply> apply(long slot, Batch batch, boolean keep) {
    List<Reply> replies = machine.apply(slot, batch, false);
    applied.add(batch);
    if (keep) {
      kept.put(slot, batch);
    }
    return replies;
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
  public Snapshots snapshots() {
    return snapshots;
  }

  /** The bytes are the batches so far, so that a test can look into them. */
  @Override
  public void install() {
    List<Batch> taken = Batches.of(snapshots.take());
    applied.clear();
    applied.addAll(taken);
    kept.clear();
    rebuild();
    durable = applied();
  }

  private MemorySnapshots.Made made() {
    return Batches.made(applied);
  }

  Answer answer(Query query) {
    return machine.answer(query);
  }

  /** What was applied in the slot. */
  Batch at(long slot) {
    return applied.get(Math.toIntExact(slot - 1));
  }

  /** The state was not synced: it is what it was that many slots ago. */
  void lose(int slots) {
    int left = Math.max(Math.toIntExact(durable), applied.size() - slots);
    applied.subList(left, applied.size()).clear();
    kept.tailMap((long) left, false).clear();
    rebuild();
  }

  private void rebuild() {
    machine = Machine.open(new MemoryState());
    for (int i = 0; i < applied.size(); i++) {
      machine.apply(i + 1L, applied.get(i), false);
    }
  }

  /** Equal on two replicas that have applied as much. */
  Object digest() {
    return machine.summary();
  }
}
