package synod.paxos;

/** Carries envelopes, to this replica's own roles too. It may lose, double, delay and reorder. */
public interface Network {
  void send(Envelope<?> envelope);
}
