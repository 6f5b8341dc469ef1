package synod.paxos;

import java.util.List;
import java.util.Optional;

/** Reads the journal of an acceptor. Safe for any thread. Sees what was appended, synced or not. */
public interface JournalView {
  /** The highest promised ballot, or {@link Ballot#NONE}. */
  Ballot promised();

  /** The highest ballot that this replica's own proposer made, or {@link Ballot#NONE}. */
  Ballot ownBallot();

  Optional<Acceptance> accepted(long slot);

  /**
   * What was accepted at slots {@code from} and above, in slot order: as many as fit in {@code
   * bytes}, but at least one if there is any.
   */
  List<Acceptance> accepted(long from, int bytes);

  /** All slots up to this one are applied and durable in the state, and are gone from here. */
  long truncated();

  /** The last slot in which anything was accepted, also if it was truncated since; 0 if none. */
  long highest();

  /** This life of the replica, and those before it on the same directory. */
  Lineage lineage();

  default Life life() {
    return lineage().life();
  }

  Standing standing();

  /** The last life of that replica that was told here that it may answer as an acceptor. */
  Optional<Life> met(ReplicaId replica);
}
