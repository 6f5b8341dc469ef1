package synod.paxos;

/**
 * A message with its addresses. The payload bears none: who said it is the envelope's matter.
 *
 * @param cluster the number of the cluster whose replica sent it; 0 within a replica, and as long
 *     as the sender does not know it
 */
public record Envelope<M extends Message>(ReplicaId from, ReplicaId to, long cluster, M message)
    implements Input<M> {
  public Envelope(ReplicaId from, ReplicaId to, M message) {
    this(from, to, 0, message);
  }

  /** The same, as it leaves a replica of that cluster. */
  public Envelope<M> of(long number) {
    return new Envelope<>(from, to, number, message);
  }
}
