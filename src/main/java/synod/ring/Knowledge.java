package synod.ring;

import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import synod.paxos.Message.TokenEntry;
import synod.paxos.ReplicaId;

/** What one life of an elector knows, of itself and of the others. */
final class Knowledge {
  /** After so many failed rounds other means are taken than a token and an eligible winner. */
  private static final int MANY_FAILURES = 2;

  final ReplicaId self;
  final Ring ring;
  final List<ReplicaId> peers;
  final Leadership leadership;
  final SuspectTimer timer;
  final Reach reach;
  final Credentials credentials;
  final Rounds rounds = new Rounds();
  private final long patienceMs;

  Knowledge(Elector.Origin origin, Ring ring, ElectorSettings settings, RandomGenerator random) {
    this.self = origin.self();
    this.ring = ring;
    this.peers = ring.after(self);
    this.leadership = new Leadership(self);
    this.timer = new SuspectTimer(settings, random);
    this.reach = new Reach(self, ring, settings.detection());
    this.patienceMs = settings.lap().takeoverMs() / 2;
    this.credentials = new Credentials(self, origin.promised());
    rounds.know(origin.promised());
  }

  boolean hasFailedOften() {
    return timer.failures() >= MANY_FAILURES;
  }

  /** Nobody can ask directly for the leadership who could not lead. */
  boolean shouldAskDirectly(long now) {
    return hasFailedOften() && ring.canLead(reach.at(now));
  }

  /** {@code forced}: a person asked for the election, so everyone counts as a suspecter. */
  TokenEntry entry(long round, boolean forced, long now) {
    boolean suspects = forced || timer.agrees(now);
    credentials.proposer(!leadership.isIgnored(patienceMs, now));
    return credentials.entry(round, suspects, hasFailedOften(), reach.at(now));
  }

  /**
   * The order of the ring, but first whoever has answered within the failure-detection time, and
   * among those first whom the token has not visited: only so it gets round a ring with gaps.
   */
  List<ReplicaId> order(List<TokenEntry> path, long now) {
    List<ReplicaId> visited = Tokens.replicas(path);
    return peers.stream()
        .sorted(
            Comparator.comparing((ReplicaId replica) -> !reach.reaches(replica, now))
                .thenComparing(visited::contains))
        .toList();
  }
}
