package synod.kv;

import java.util.List;
import synod.paxos.Bytes;

/** What changes the store. A command takes a place in the log and is applied by all replicas. */
public sealed interface Command {
  record Entry(Bytes key, Bytes value) {}

  /** Sets every key to its value, all at one moment. Answer: {@link Answer.Done}. */
  record Put(List<Entry> entries) implements Command {}

  /** Removes the keys, all at one moment. Answer: {@link Answer.Amount}, how many there were. */
  record Delete(List<Bytes> keys) implements Command {}

  /** Concerns a session that a client opened, or a gateway's. */
  record InSession(SessionRequest request) implements Command {}
}
