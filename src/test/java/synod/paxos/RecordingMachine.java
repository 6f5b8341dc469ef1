package synod.paxos;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A state machine that remembers what it applied, and loses its newest part in a power cut. */
final class RecordingMachine implements StateMachine {
  private final List<Batch> applied = new ArrayList<>();
  private final TreeMap<Long, Batch> kept = new TreeMap<>();

  @Override
  public long applied() {
    return applied.size();
  }

  @Override
  public List<Reply> apply(long slot, Batch batch, boolean keep) {
    Invariant.check(slot == applied() + 1, "applied %s after %s", slot, applied());
    applied.add(batch);
    if (keep) {
      kept.put(slot, batch);
    }
    return List.of();
  }

  @Override
  public Optional<Batch> kept(long slot) {
    return Optional.ofNullable(kept.get(slot));
  }

  void loseAfter(long slot) {
    applied.subList((int) Math.min(slot, applied()), applied.size()).clear();
    kept.tailMap(slot, false).clear();
  }

  List<Batch> batches() {
    return List.copyOf(applied);
  }
}
