package synod.paxos;

/**
 * What fills a slot: the commands that its leader gathered, encoded once by the gateways, and the
 * leader's time in ms since 1970. The same bytes go on the wire, into the journal and to the
 * learner. A batch without commands is a no-op.
 */
public record Batch(long time, Bytes commands) {
  public static Batch noOp(long time) {
    return new Batch(time, Bytes.EMPTY);
  }

  public boolean noOp() {
    return commands.size() == 0;
  }

  /** Bytes that it takes on a disk or a wire, roughly. */
  public int size() {
    return commands.size() + 16;
  }
}
