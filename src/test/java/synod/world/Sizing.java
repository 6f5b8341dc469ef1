package synod.world;

import java.util.List;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import synod.kv.GatewaySettings;
import synod.kv.SessionLimits;
import synod.paxos.AcceptorSettings;
import synod.paxos.LearnerSettings;
import synod.paxos.LeaseSettings;
import synod.paxos.ProposerSettings;
import synod.paxos.Quorums;
import synod.paxos.ReplicaId;
import synod.ring.ElectorSettings;
import synod.ring.Ring;

/** What replicas of a world are configured with: production's times, and small sizes. */
record Sizing(
    List<ReplicaId> replicas, Quorums quorums, LearnerSettings.Retain retain, Leases leases) {
  static final ElectorSettings ELECTION = ElectorSettings.DEFAULTS;
  private static final int LEASE = 400;
  private static final int DRIFT = 10;
  private static final int WINDOW = 3;
  private static final int BATCH_BYTES = 100;

  /** Whether leaders read under leases: then clocks keep to what is assumed of them. */
  enum Leases {
    ON,
    OFF
  }

  static List<ReplicaId> replicas(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(ReplicaId::new).toList();
  }

  LeaseSettings leases(LongSupplier clock) {
    return leases == Leases.ON ? new LeaseSettings(LEASE, DRIFT, clock) : LeaseSettings.OFF;
  }

  ProposerSettings proposer() {
    return new ProposerSettings(
        replicas,
        quorums,
        new ProposerSettings.Timing(100, 300, 1_000),
        new ProposerSettings.Sizes(WINDOW, BATCH_BYTES, 4 * BATCH_BYTES));
  }

  AcceptorSettings acceptor() {
    return new AcceptorSettings(replicas, quorums, 300);
  }

  LearnerSettings learner() {
    return new LearnerSettings(replicas, quorums, WINDOW, 500, retain);
  }

  Ring ring() {
    return new Ring(replicas, new TreeMap<>(), quorums);
  }

  GatewaySettings gateway(long session) {
    var timing = new GatewaySettings.Timing(500, 1_500);
    return new GatewaySettings(
        session, BATCH_BYTES, 1_000 * BATCH_BYTES, timing, new SessionLimits(1_000_000, 100));
  }
}
