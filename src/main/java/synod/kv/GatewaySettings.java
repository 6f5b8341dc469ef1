package synod.kv;

/**
 * What a gateway is configured with.
 *
 * @param session the session of this gateway's commands: no other incarnation of any gateway has it
 * @param submitBytes commands are sent to the leader in pieces of at most this size, unless a
 *     single command is larger
 * @param pendingBytes commands that may wait for their answers; past it a client is told to come
 *     later
 * @param timing see {@link Timing}
 * @param sessions how long the outcome of a command is kept whose client was told that it is
 *     unknown
 */
public record GatewaySettings(
    long session, int submitBytes, int pendingBytes, Timing timing, SessionLimits sessions) {

  /**
   * How long it waits.
   *
   * @param retryMs what is unanswered this long is sent again; doubled each time without an answer
   * @param giveUpMs the client gets an outcome after this long, whatever it is
   */
  public record Timing(long retryMs, long giveUpMs) {}
}
