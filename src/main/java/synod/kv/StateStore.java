package synod.kv;

import synod.paxos.Bytes;
import synod.paxos.Snapshots;

/**
 * Where the state machine keeps its state: tables of bytes, ordered by unsigned bytes. A store
 * knows nothing of what they mean.
 *
 * <p>Reads are safe for any thread and see what was last committed. Every exception out of a store
 * is final, as it is out of a journal.
 */
public interface StateStore extends StateReader {
  enum Table {
    /** One record: see {@link StateSummary}. */
    STATE,
    /** By key: see {@link Stored}. */
    DATA,
    /** By session and slot: see {@link Session}. */
    SESSIONS,
    /** By slot: batches that the journal does not hold. */
    KEPT,
    /** By time: see {@link Expiry}. */
    EXPIRY,
    /** By session: see {@link ClientSession}. */
    CLIENTS,
    /** By session and number: see {@link Kept}. */
    ANSWERS;

    /** Tells a record's hash from that of the same bytes in another table. */
    long seed() {
      return Mix.mix(0, Bytes.utf8(name()));
    }

    /** Whether the table holds what sessions remember. */
    boolean isOfSessions() {
      return this == SESSIONS || this == CLIENTS || this == ANSWERS;
    }
  }

  /**
   * All of the changes or none of them, also after a crash; and if they are lost in one, then every
   * later one is too.
   */
  void commit(Changes changes);

  /**
   * Begins to make durable all that was committed by now, and runs {@code then} when it is, on any
   * thread. Returns at once.
   */
  void persist(Runnable then);

  /** Deletes all records of the table whose keys are below this one. */
  void deleteBelow(Table table, Bytes key);

  /** Copies of all tables that travel in pieces. */
  Snapshots snapshots();

  /**
   * Replaces all tables by those of the received snapshot, which is sound, and throws away what of
   * it is not needed any more: after a crash the tables are the old or the new ones.
   */
  void install();

  /** The state of this moment, whatever is committed later. Must be closed. */
  View view();

  /** One moment of a store. */
  interface View extends StateReader, AutoCloseable {
    @Override
    void close();
  }

  /** Visits records in the order of their keys. */
  interface Visitor {
    /** Returns whether to go on. */
    boolean visit(Bytes key, Bytes value);
  }
}
