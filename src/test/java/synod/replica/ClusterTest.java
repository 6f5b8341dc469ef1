package synod.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import synod.paxos.Envelope;
import synod.paxos.Message;
import synod.paxos.ReplicaId;

class ClusterTest {
  private static final Envelope<Message.Fetch> WORD =
      new Envelope<>(new ReplicaId(2), new ReplicaId(1), new Message.Fetch(1));

  private final List<Long> stamped = new ArrayList<>();

  private Cluster cluster(long number) {
    return new Cluster(number, stamped::add);
  }

  @Test
  void hearsNothingOfAReplicaOfAnotherCluster() {
    assertFalse(cluster(7).admits(WORD.of(8)));
    assertEquals(List.of(), stamped);
  }

  @Test
  void hearsItsOwnAndThoseThatDoNotKnowYet() {
    assertTrue(cluster(7).admits(WORD.of(7)));
    assertTrue(cluster(7).admits(WORD.of(0)));
    assertTrue(cluster(0).admits(WORD.of(0)));
  }

  @Test
  void takesTheNumberOfItsPeersWhereItHasNoneAndKeepsIt() {
    Cluster cluster = cluster(0);

    assertTrue(cluster.admits(WORD.of(8)));
    assertFalse(cluster.admits(WORD.of(9)));
    cluster.found(9);

    assertEquals(8, cluster.number());
    assertEquals(List.of(8L), stamped);
  }
}
