package synod.sim.twophase;

/** What a client is told of its transaction. */
public sealed interface Verdict {
  record Committed() implements Verdict {}

  /** Aborted; {@code holder} is the transaction that has locked {@code key}, 0 if none has. */
  record Aborted(long holder, String key) implements Verdict {}
}
