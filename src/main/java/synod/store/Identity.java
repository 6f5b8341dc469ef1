package synod.store;

import java.security.SecureRandom;
import java.util.Optional;
import synod.paxos.Life;
import synod.paxos.Lineage;
import synod.paxos.ReplicaId;

/**
 * Whose a directory is.
 *
 * @param format in which it was read: format 1 knew neither cluster nor directory, nor a fence;
 *     format 2 no earlier lives
 * @param cluster the configured name, nothing if it was not written down
 * @param clusterId on which all replicas of a cluster agree, 0 while it is not known
 * @param lineage the process that has it open, or had it last, and those before
 */
record Identity(
    int format, Optional<String> cluster, long clusterId, ReplicaId replica, Lineage lineage) {
  static final int FORMAT = 3;

  /**
   * Of a new directory. Its incarnations begin with the clock, so that the sessions of a replica
   * whose directory was wiped are later than those of the directory before.
   */
  static Identity born(DataDirectory.Owner owner) {
    Life life = new Life(drawDirectory(), Incarnations.next(0));
    return new Identity(FORMAT, Optional.of(owner.cluster()), 0, owner.replica(), Lineage.of(life));
  }

  static long drawDirectory() {
    SecureRandom random = new SecureRandom();
    long drawn = random.nextLong();
    return drawn == 0 ? 1 : drawn;
  }

  Life life() {
    return lineage.life();
  }

  /**
   * The next process of that cluster on the directory.
   *
   * @param voted whether the last one has voted
   */
  Identity next(String ofCluster, boolean voted) {
    Lineage next = lineage.next(Incarnations.next(life().incarnation()), voted);
    return new Identity(FORMAT, Optional.of(ofCluster), clusterId, replica, next);
  }

  /** Of a directory without a number, which gets this one. */
  Identity of(long directory) {
    Lineage other = Lineage.of(new Life(directory, life().incarnation()));
    return new Identity(format, cluster, clusterId, replica, other);
  }

  Identity found(long id) {
    return new Identity(format, cluster, id, replica, lineage);
  }
}
