package synod.kv;

import java.util.List;
import synod.paxos.Bytes;

/** What reads the store at one moment. A query takes no place in the log. */
public sealed interface Query {
  /** Answer: {@link Answer.Values}, one for each key. */
  record Get(List<Bytes> keys) implements Query {}

  /** Answer: {@link Answer.Amount}, how many of the keys exist; one named twice counts twice. */
  record Exists(List<Bytes> keys) implements Query {}

  /** Answer: {@link Answer.Amount}, how many keys there are. */
  record Count() implements Query {}
}
