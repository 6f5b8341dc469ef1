package synod.kv;

import java.util.List;
import synod.paxos.Bytes;

/**
 * What changes the store. A command takes a place in the log and is applied by all replicas. What
 * it does is decided by the state before it, the time of the log, and itself alone; also whether it
 * is refused ({@link Answer.Refused}), in which case it changes nothing.
 */
public sealed interface Command {
  record Entry(Bytes key, Bytes value) {}

  /** Sets every key to its value, all at one moment. Answer: {@link Answer.Done}. */
  record Put(List<Entry> entries) implements Command {}

  /** Removes the keys, all at one moment. Answer: {@link Answer.Amount}, how many there were. */
  record Delete(List<Bytes> keys) implements Command {}

  /**
   * Sets every key to its value, unless there is one of them already. Answer: {@link
   * Answer.Amount}, 1 if they were set, else 0.
   */
  record PutNew(List<Entry> entries) implements Command {}

  /** Sets the key if the guard lets it, for a lifetime. Answer: as {@code asked}. */
  record Set(Entry entry, Guard guard, Lifetime lifetime, Asked asked) implements Command {}

  /** What a {@link Set} is to answer. */
  enum Asked {
    /** {@link Answer.Amount}: 1 if it was set, else 0. */
    WHETHER,
    /** {@link Answer.Values}: the value before, whether it was set or not. */
    OLD,
    /** {@link Answer.Amount}: the new version. If it was not set: {@link Answer.Versioned}. */
    VERSION
  }

  /**
   * Adds to the number that the value is in decimal, 0 if there is none. Answer: {@link
   * Answer.Amount}, the sum; refused if the value is no number of 64 bits, or the sum would not be.
   */
  record Add(Bytes key, long amount) implements Command {}

  /**
   * Lengthens the value, empty if there is none. Answer: {@link Answer.Amount}, its length then;
   * refused if that would be more than {@code atMost}. The limit is part of the command, so that it
   * is the same for all replicas however their doors are configured.
   */
  record Append(Bytes key, Bytes tail, long atMost) implements Command {}

  /** Removes the key. Answer: {@link Answer.Values}, the one value that it had. */
  record Take(Bytes key) implements Command {}

  /**
   * Gives the key another lifetime where {@code when} holds. Answer: {@link Answer.Amount}, 1 if it
   * did, else 0.
   */
  record Expire(Bytes key, Lifetime lifetime, When when) implements Command {}

  /** What must hold of the ends of two lifetimes; one that never ends is later than any other. */
  enum When {
    ALWAYS,
    /** So far the key does not expire. */
    ENDLESS,
    /** So far it does. */
    ENDING,
    LATER,
    SOONER,
    ENDING_SOONER;

    boolean holds(long present, long next) {
      boolean ends = present != Lifetime.NEVER;
      return switch (this) {
        case ALWAYS -> true;
        case ENDLESS -> !ends;
        case ENDING -> ends;
        case LATER -> next > present;
        case SOONER -> next < present;
        case ENDING_SOONER -> ends && next < present;
      };
    }
  }

  /** Concerns a session that a client opened, or a gateway's. */
  record InSession(SessionRequest request) implements Command {}
}
