package synod.replica;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import synod.paxos.Envelope;
import synod.paxos.ReplicaId;

/**
 * The number on which the replicas of one cluster agree, so that a data directory of another one,
 * or one from before a restore, never mixes with them. It is the hash of the first slot, which all
 * learn alike, or what a restore has drawn; a replica that has none takes that of its peers. All
 * envelopes between replicas bear it.
 *
 * <p>Once it is known it never changes.
 */
final class Cluster {
  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

  private final LongConsumer stamp;
  private final Map<ReplicaId, Long> strangers = new ConcurrentHashMap<>();
  private volatile long number;

  /**
   * @param number 0 if it is not known yet
   * @param stamp makes it durable
   */
  Cluster(long number, LongConsumer stamp) {
    this.number = number;
    this.stamp = stamp;
  }

  long number() {
    return number;
  }

  synchronized void found(long as) {
    if (number == 0 && as != 0) {
      stamp.accept(as);
      number = as;
      LOG.info("the cluster is {}", text(as));
    }
  }

  /** Whether the envelope may be of this cluster. */
  boolean admits(Envelope<?> envelope) {
    long other = envelope.cluster();
    if (other == 0 || other == number) {
      return true;
    }
    if (number == 0) {
      found(other);
      return true;
    }
    if (strangers.put(envelope.from(), other) == null) {
      LOG.error(
          "replica {} is of the cluster {}, this one is of {}: nothing that it says is heard. Give"
              + " each replica the data directory that it had in its cluster, or an empty one",
          envelope.from(),
          text(other),
          text(number));
    }
    return false;
  }

  private static String text(long id) {
    return String.format("%016x", id);
  }
}
