package synod.sim;

import synod.paxos.Envelope;
import synod.paxos.Event;

/** What is seen, as a person reads it in a transcript. */
final class Words {
  private Words() {}

  static String of(Envelope<?> envelope) {
    return envelope.from() + ">" + envelope.to() + " " + plain(envelope.message());
  }

  /** Why a role crashed is its host's matter, and not told. */
  static String of(Event event) {
    return event instanceof Event.RoleCrashed crashed ? crashed.role() + " crashes" : plain(event);
  }

  /** A record's own words, without the names of its parts. */
  static String plain(Object words) {
    return words.toString().replaceAll("\\w+=|ReplicaId", "");
  }
}
