package synod.sim.twophase;

/** What a site makes durable. */
public sealed interface LogRecord {
  /** By a participant, before it votes yes. */
  record Prepared(Transaction transaction) implements LogRecord {}

  /** By a participant that has heard, or that has refused before it voted. */
  record Outcome(long number, boolean commit) implements LogRecord {}

  /** By the coordinator: from here on the transaction is committed. */
  record Committed(Transaction transaction) implements LogRecord {}

  /** By the coordinator: all participants know, and nobody will ask. */
  record Finished(long number) implements LogRecord {}
}
