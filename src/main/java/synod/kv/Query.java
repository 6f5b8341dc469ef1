package synod.kv;

import java.util.List;
import synod.paxos.Bytes;

/**
 * What reads the store at one moment. A query takes no place in the log. A key whose lifetime has
 * ended by the time of the log is gone for all of them but {@link Count}.
 */
public sealed interface Query {
  /** Answer: {@link Answer.Values}, one for each key. */
  record Get(List<Bytes> keys) implements Query {}

  /** Answer: {@link Answer.Amount}, how many of the keys exist; one named twice counts twice. */
  record Exists(List<Bytes> keys) implements Query {}

  /**
   * Answer: {@link Answer.Amount}, how many keys are held: for a few slots also those whose
   * lifetime has just ended.
   */
  record Count() implements Query {}

  /**
   * Answer: {@link Answer.Amount}, how many ms the key has left by the time of the log; {@link
   * #ENDLESS} if it does not expire, {@link #NO_KEY} if there is none.
   */
  record Left(Bytes key) implements Query {
    public static final long ENDLESS = -1;
    public static final long NO_KEY = -2;
  }

  /** Answer: {@link Answer.Versioned}. */
  record Versioned(Bytes key) implements Query {}
}
