package synod.paxos;

import java.util.List;
import java.util.stream.Collectors;

/** Messages and events in the words of the protocol, short enough for a transcript. */
final class PaxosWords {
  private PaxosWords() {}

  static String of(Message m) {
    if (m instanceof Message.Prepare p) {
      return "prepare " + p.ballot() + " from " + p.from();
    }
    if (m instanceof Message.Promise p) {
      return "promise " + p.ballot() + " " + acceptances(p.accepted()) + more(p);
    }
    if (m instanceof Message.Accept a) {
      return "accept " + a.ballot() + " " + a.slot() + "=" + of(a.batch()) + chosen(a.chosen());
    }
    if (m instanceof Message.Accepted a) {
      return "accepted " + a.ballot() + " " + a.slot();
    }
    if (m instanceof Message.Rejected r) {
      return "rejected " + r.ballot() + ", promised " + r.promised();
    }
    if (m instanceof Message.Journaled j) {
      return "journaled " + j.ballot() + " " + j.slot() + "=" + of(j.batch()) + chosen(j.chosen());
    }
    if (m instanceof Message.SlotChosen c) {
      return "slot " + c.slot() + " chosen at " + c.ballot();
    }
    if (m instanceof Message.Chosen c) {
      return "chosen " + c.ballot() + " up to " + c.chosen();
    }
    if (m instanceof Message.Learned l) {
      return "learned from " + l.from() + ": " + l.batches().size() + chosen(l.chosen());
    }
    return m.toString().replaceAll("(\\w+)=", "").replace("ReplicaId", "");
  }

  private static String more(Message.Promise promise) {
    return promise.next() == 0 ? "" : " more from " + promise.next();
  }

  private static String chosen(long chosen) {
    return chosen == 0 ? "" : " chosen " + chosen;
  }

  private static String acceptances(List<Acceptance> acceptances) {
    return acceptances.stream()
        .map(a -> a.slot() + "=" + of(a.batch()) + "@" + a.ballot())
        .collect(Collectors.joining(" ", "[", "]"));
  }

  static String of(Batch batch) {
    return batch.noOp() ? "no-op" : batch.commands().utf8();
  }

  static String of(Event event) {
    return "* " + event.toString().replaceAll("(\\w+)=", "");
  }
}
