package synod.ring;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import synod.paxos.Message.TokenEntry;
import synod.paxos.ReplicaId;

/** What all peers say to one who asked them directly, because no token comes round. */
final class Survey {
  private final long round;
  private final long endAt;
  private final Map<ReplicaId, TokenEntry> entries = new TreeMap<>();

  Survey(long round, long endAt) {
    this.round = round;
    this.endAt = endAt;
  }

  long round() {
    return round;
  }

  void add(TokenEntry entry) {
    entries.put(entry.replica(), entry);
  }

  List<TokenEntry> entries() {
    return List.copyOf(entries.values());
  }

  boolean isOver(Ring ring, long now) {
    return now >= endAt || entries.size() == ring.size();
  }
}
