package synod.paxos;

/** A message with its addresses. The payload bears none: who said it is the envelope's matter. */
public record Envelope<M extends Message>(ReplicaId from, ReplicaId to, M message)
    implements Input<M> {}
