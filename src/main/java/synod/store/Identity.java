package synod.store;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import synod.paxos.Life;
import synod.paxos.ReplicaId;

/**
 * Whose a directory is.
 *
 * @param format in which it was read: format 1 knew neither cluster nor directory, nor a fence
 * @param cluster the configured name, nothing if it was not written down
 * @param clusterId on which all replicas of a cluster agree, 0 while it is not known
 * @param life the process that has it open, or had it last
 */
record Identity(
    int format, Optional<String> cluster, long clusterId, ReplicaId replica, Life life) {
  static final int FORMAT = 2;

  private static final long BEGINNING = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();

  /**
   * Of a new directory. Its incarnations begin with the seconds of the clock, so that the sessions
   * of a replica whose directory was wiped are later than those of the directory before.
   */
  static Identity born(DataDirectory.Owner owner) {
    long seconds = Instant.now().getEpochSecond() - BEGINNING;
    Life life = new Life(drawDirectory(), Math.max(1, seconds));
    return new Identity(FORMAT, Optional.of(owner.cluster()), 0, owner.replica(), life);
  }

  static long drawDirectory() {
    SecureRandom random = new SecureRandom();
    long drawn = random.nextLong();
    return drawn == 0 ? 1 : drawn;
  }

  /** The next process of that cluster on the directory. */
  Identity next(String ofCluster) {
    Life next = new Life(life.directory(), life.incarnation() + 1);
    return new Identity(FORMAT, Optional.of(ofCluster), clusterId, replica, next);
  }

  Identity of(long directory) {
    Life other = new Life(directory, life.incarnation());
    return new Identity(format, cluster, clusterId, replica, other);
  }

  Identity found(long id) {
    return new Identity(format, cluster, id, replica, life);
  }
}
