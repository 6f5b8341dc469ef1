package synod.paxos;

import java.util.Optional;

/**
 * Whole states that travel in pieces. Every method returns at once: what takes long (making one,
 * checking one) happens behind, and neither copies the whole state nor keeps it from being applied
 * to. What is made or received here outlives a restart of the process. Every exception is final, as
 * it is out of a journal.
 */
public interface Snapshots {

  /** How far an {@link #incoming} snapshot is. */
  enum Stage {
    /** Pieces are missing. */
    RECEIVING,
    /** All are here, and are being checked. */
    CHECKING,
    /** It is whole, sound and durable: {@link StateMachine#install} may replace the state by it. */
    SOUND,
    /** It is not what its maker wrote. */
    DAMAGED
  }

  /** The newest that was finished here. */
  Optional<Snapshot> newest();

  /** Begins to make one of what is applied by now, unless one is being made. */
  void make();

  /**
   * Bytes of a snapshot that was made here, from {@code offset} on, at most {@code most}; nothing
   * if it is gone.
   */
  Optional<Bytes> read(Snapshot snapshot, long offset, int most);

  /** The one that is being received; nothing if none is. */
  Optional<Snapshot> incoming();

  /** Bytes of {@link #incoming} that are here; 0 if there is none. */
  long received();

  Stage stage();

  /** Begins to receive this one, and throws away what was received of another. */
  void receive(Snapshot snapshot);

  /** Takes the piece that begins at {@link #received}. */
  void append(Bytes piece);

  /** Throws away what was received. */
  void abandon();
}
