package synod.kv;

import java.util.List;
import java.util.Optional;
import synod.paxos.Bytes;

/** What a command or a query gives back when it was done. */
public sealed interface Answer {
  record Done() implements Answer {}

  record Amount(long value) implements Answer {}

  record Values(List<Optional<Bytes>> values) implements Answer {}

  /** A key's version and value; 0 and none if there is no such key. */
  record Versioned(long version, Optional<Bytes> value) implements Answer {}

  /** About a session: the answer to a {@link SessionRequest}, or a command's refusal by one. */
  record OfSession(SessionAnswer answer) implements Answer {}

  /**
   * The command was applied and changed nothing: the state did not allow it. That is its answer,
   * now and whenever it is repeated.
   *
   * @param why begins with a code in capitals, as errors of Redis do
   */
  record Refused(String why) implements Answer {}
}
