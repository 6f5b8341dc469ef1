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
  private final List<ReplicaId> reach;
  private final Map<ReplicaId, TokenEntry> entries = new TreeMap<>();

  /** {@code reach}: these it waits for. */
  Survey(long round, long endAt, List<ReplicaId> reach) {
    this.reach = reach;
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

  boolean isOver(long now) {
    return now >= endAt || entries.keySet().containsAll(reach);
  }
}
