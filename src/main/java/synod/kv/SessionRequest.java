package synod.kv;

/**
 * What concerns sessions and takes a place in the log like any command. It travels in the gateway's
 * own session, under a number of that, and is told apart from it by its own session and number.
 */
public sealed interface SessionRequest {
  /** The greatest number that a client may give to a command: what a double still holds exactly. */
  long GREATEST_NUMBER = 1L << 53;

  /** Answer: {@link SessionAnswer.Alive}, with an id that no session had before. */
  record Open(SessionLimits limits) implements SessionRequest {}

  /** Answer: {@link SessionAnswer.Alive}. The session's time begins anew. */
  record Resume(long session) implements SessionRequest {}

  /** Ends the session. Answer: {@link Answer.Done}, also where there was none. */
  record Close(long session) implements SessionRequest {}

  /**
   * Applies the command once under the session and number of its ticket. Answer: the first that it
   * got, whoever asks.
   */
  record Do(Numbered numbered) implements SessionRequest {
    public Do {
      demand(numbered.ticket().number());
      if (numbered.command() instanceof Command.InSession) {
        throw new IllegalArgumentException("a command of the store is done once, no other");
      }
    }
  }

  /**
   * Asks what became of a command, of a client's session or of a gateway's. One that has not been
   * applied never will be. Answer: {@link SessionAnswer.Was} or a refusal that says why not.
   */
  record Fate(long session, long number) implements SessionRequest {
    public Fate {
      demand(number);
    }
  }

  /**
   * From a gateway, under the number of a command whose client was told that the outcome is
   * unknown: unless that command was applied, it never will be; either way the outcome is kept for
   * whoever asks. Answer: {@link SessionAnswer.Held}.
   */
  record GiveUp(SessionLimits limits) implements SessionRequest {}

  private static void demand(long number) {
    if (number < 1 || number > GREATEST_NUMBER) {
      throw new IllegalArgumentException("a number is 1 to 2^53: " + number);
    }
  }
}
