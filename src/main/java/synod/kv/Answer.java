package synod.kv;

import java.util.List;
import java.util.Optional;
import synod.paxos.Bytes;

/** What a command or a query gives back when it was done. */
public sealed interface Answer {
  record Done() implements Answer {}

  record Amount(long value) implements Answer {}

  record Values(List<Optional<Bytes>> values) implements Answer {}

  /** About a session: the answer to a {@link SessionRequest}, or a command's refusal by one. */
  record OfSession(SessionAnswer answer) implements Answer {}
}
