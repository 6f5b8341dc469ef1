package synod.sim.twophase;

/** What a role may do to the world around it. A site that dies does nothing of it any more. */
public interface Site {
  /** May be lost, doubled and late. */
  void send(int to, Message message);

  /** Calls back when the record is durable. */
  void write(LogRecord entry, Runnable then);

  /** Something that a person wants to see: of a transaction, with a key or in words. */
  void happened(String name, long number, String text);

  /** In ms. */
  long now();
}
