package synod.sim.twophase;

/**
 * What the sites say to each other.
 *
 * <pre>
 * coordinator            participants
 *     |---- vote-request ---->|   locks, writes "prepared"
 *     |<---- vote-yes --------|   from here on it may not decide alone
 *  writes "commit"            |
 *     |------- commit ------->|   applies, unlocks
 *     |<-------- ack ---------|
 * </pre>
 */
public sealed interface Message {
  long number();

  record VoteRequest(Transaction transaction) implements Message {
    @Override
    public long number() {
      return transaction.number();
    }
  }

  record VoteYes(long number) implements Message {}

  /** A key is locked by another transaction, or the participant has given this one up. */
  record VoteNo(long number, long holder, String key) implements Message {}

  record Commit(long number) implements Message {}

  record Abort(long number) implements Message {}

  record Ack(long number) implements Message {}

  /** To the coordinator, and to the other participants: one may know. */
  record DecisionRequest(long number, int coordinator) implements Message {}

  /** It has voted yes as well, and knows no more. */
  record Uncertain(long number) implements Message {}

  /** As a diagram names it: {@code vote-request}. */
  default String kind() {
    return getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(java.util.Locale.ROOT);
  }
}
