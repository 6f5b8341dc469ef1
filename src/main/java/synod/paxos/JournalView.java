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
}
