package synod.kv;

/** What a {@link SessionRequest} gives back, where it is no command's own answer. */
public sealed interface SessionAnswer {
  /**
   * The session lives.
   *
   * @param timeMs it ends that long after its last command
   * @param next above all numbers that it knows; what is answered is below
   */
  record Alive(long session, long timeMs, long next) implements SessionAnswer {}

  /** The command that was asked about was applied, with this answer. */
  record Was(Answer answer) implements SessionAnswer {}

  /** What became of a command that was given up is kept. */
  record Held() implements SessionAnswer {}

  /** What was asked for had no effect now. */
  record Refusal(Reason reason) implements SessionAnswer {}

  /** Encoded by their order: a new one comes last. */
  enum Reason {
    /** There is no such session (any more). Whether the number was ever applied is not known. */
    EXPIRED,
    /** The number is below all that the session remembers: it was applied, or never will be. */
    FORGOTTEN,
    /** The number has not been applied and never will be: somebody asked what became of it. */
    SEALED,
    /** As {@link #SEALED}, of the number of a gateway's session. */
    GIVEN_UP,
    /** It was applied; its answer is too large to be kept. */
    NOT_KEPT,
    /** The number was given to another command before. */
    OTHER_COMMAND,
    /** As many sessions live as may. */
    TOO_MANY,
    /** The commands before it have not come yet: ask again. */
    TOO_EARLY
  }
}
