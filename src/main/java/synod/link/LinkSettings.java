package synod.link;

import java.util.List;
import synod.paxos.ReplicaId;

/**
 * Whom a replica is linked with.
 *
 * @param cluster the name of the cluster, which two ends of a link have in common
 * @param members all replicas, this one too
 * @param maxQueue bytes that may wait for the network, to one peer; past it messages are lost
 * @param maxMessage bytes of commands in one message
 */
public record LinkSettings(
    String cluster, ReplicaId self, List<Member> members, int maxQueue, int maxMessage) {
  public LinkSettings {
    members = List.copyOf(members);
  }

  /** Where a replica listens. */
  public record Member(ReplicaId id, String host, int port) {}

  Member own() {
    return members.stream()
        .filter(member -> member.id().equals(self))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no replica " + self + " is configured"));
  }

  List<Member> peers() {
    return members.stream().filter(member -> !member.id().equals(self)).toList();
  }
}
