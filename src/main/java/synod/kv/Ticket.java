package synod.kv;

/**
 * What makes a command one and the same however often it is sent.
 *
 * @param session a {@link SessionId} as a long
 * @param number 1 or more; each number of a session names one command
 * @param answeredBelow every command of the session with a lower number has its answer and will not
 *     be sent again; at most {@code number}
 */
public record Ticket(long session, long number, long answeredBelow) {
  public Ticket {
    if (number < 1 || answeredBelow < 0 || answeredBelow > number) {
      throw new IllegalArgumentException(
          "a number is 1 or more and not yet answered: " + number + ", below " + answeredBelow);
    }
  }
}
