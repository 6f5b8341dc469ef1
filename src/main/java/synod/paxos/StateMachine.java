package synod.paxos;

import java.util.List;
import java.util.Optional;

/**
 * What the learner applies chosen batches to. Nothing but the batch and its slot decides what
 * applying does, so that all replicas reach the same state.
 */
public interface StateMachine {
  /** The last slot that was applied; 0 at first. */
  long applied();

  /**
   * Applies the batch of slot {@code applied() + 1}: state, sessions and applied slot change
   * together or not at all. The replies are in the order of the commands.
   *
   * @param keep whether to remember the batch for {@link #kept}, because the journal of this
   *     replica does not hold it
   */
  List<Reply> apply(long slot, Batch batch, boolean keep);

  /** The batch of an applied slot that was kept. Safe for any thread. */
  Optional<Batch> kept(long slot);

  /**
   * Begins to make durable what is applied by now; {@link #durable} tells when it is. Returns at
   * once.
   */
  void persist();

  /** The last slot that survives a power cut, at most {@link #applied}. */
  long durable();

  /** Forgets the batches that were kept up to this slot. */
  void forget(long slot);

  Snapshots snapshots();

  /**
   * Replaces the state by the received snapshot, which is {@code SOUND}: after a crash it is the
   * one or the other. {@link #applied} and {@link #durable} are its slot then.
   */
  void install();
}
