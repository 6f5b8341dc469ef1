package synod.replica;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigOrigin;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import synod.paxos.ReplicaId;
import synod.replica.Settings.Member;

/**
 * What must hold between keys. A check is left out where one of its keys is wrong by itself: it
 * would only repeat that problem in other words.
 */
final class CrossChecks {
  private final Settings settings;
  private final Problems problems;
  private final Config config;

  CrossChecks(Settings settings, Problems problems, Config config) {
    this.settings = settings;
    this.problems = problems;
    this.config = config;
  }

  void run() {
    uniqueReplicas();
    quorumsMeet();
    times();
    lease();
    sizes();
  }

  private void uniqueReplicas() {
    Set<ReplicaId> ids = new TreeSet<>();
    Set<String> addresses = new TreeSet<>();
    for (int i = 0; i < settings.replicas().size(); i++) {
      Member member = settings.replicas().get(i);
      String path = "replicas[" + i + "].";
      unique(path + "id", ids.add(member.id()), "an id that no other replica has");
      String address = member.host() + ":";
      String allowed = "a port that nothing else on " + member.host() + " has";
      unique(path + "artery-port", addresses.add(address + member.arteryPort()), allowed);
      unique(path + "link-port", addresses.add(address + member.linkPort()), allowed);
      unique(path + "door-port", addresses.add(address + member.doorPort()), allowed);
    }
  }

  private void unique(String key, boolean fresh, String allowed) {
    if (!fresh && !problems.has(key)) {
      String found = "= " + settings.effective().get(key) + " is taken";
      problems.add(config.getValue("replicas"), key, found, allowed);
    }
  }

  private void quorumsMeet() {
    int replicas = settings.replicas().size();
    rule(
        settings.quorums().meet(Math.max(1, replicas)) || problems.has("replicas"),
        "quorums.phase1",
        "quorums.phase2",
        "together more than the " + replicas + " replicas, so that every two quorums meet");
  }

  private void times() {
    Settings.Liveness live = settings.liveness();
    rule(
        atMost(live.tick(), live.keepAlive()),
        "liveness.tick",
        "liveness.keep-alive",
        "a tick no longer than keep-alive, which it drives");
    rule(
        atMost(live.tick(), live.heartbeat()),
        "liveness.tick",
        "liveness.heartbeat",
        "a tick no longer than the heartbeat, which it drives");
    rule(
        atMost(live.keepAlive().multipliedBy(3), live.suspect()),
        "liveness.suspect",
        "liveness.keep-alive",
        "at least three times keep-alive, or one lost message would start an election");
    rule(
        atMost(live.suspect(), live.leaderTimeout()),
        "liveness.leader-timeout",
        "liveness.suspect",
        "no less than suspect, or leaders would resign whom nobody suspects");
    rule(
        atMost(settings.proposing().retransmit().multipliedBy(2), live.leaderTimeout()),
        "liveness.leader-timeout",
        "proposer.retransmit",
        "at least twice retransmit, or one lost message would end a leadership");
    rule(
        atMost(settings.proposing().patience(), settings.proposing().retransmit()),
        "proposer.patience",
        "proposer.retransmit",
        "no more than retransmit, after which all are pressed anyway");
    rule(
        atMost(settings.ring().pingInterval().multipliedBy(2), live.suspect()),
        "ring.ping-interval",
        "liveness.suspect",
        "at most half of suspect, or a living replica would seem out of reach");
    rule(
        atMost(settings.ring().hopTimeout(), live.suspect()),
        "ring.hop-timeout",
        "liveness.suspect",
        "no more than suspect, or a token would be slower than the suspicion");
    rule(
        atMost(settings.gateway().retry(), settings.gateway().commandTimeout()),
        "gateway.retry",
        "gateway.command-timeout",
        "a retry before the command times out");
  }

  /** No lease is an empty one: it is shorter than anything. */
  private void lease() {
    Duration lease = settings.reads().lease();
    rule(
        lease.compareTo(settings.liveness().suspect()) < 0,
        "reads.lease",
        "liveness.suspect",
        "less than suspect, or who takes over from a dead leader would wait for its lease");
    rule(
        lease.compareTo(settings.ring().takeoverTime()) < 0,
        "reads.lease",
        "ring.takeover-time",
        "less than takeover-time, or a winner would be given up before it may be promised anything");
  }

  private void sizes() {
    long largest = settings.door().maxKey() + settings.door().maxValue();
    room("proposer.max-waiting", settings.proposing().maxWaiting() >= largest);
    room("gateway.max-pending", settings.gateway().maxPending() >= largest);
    room("door.max-in-flight", settings.door().maxInFlight() >= largest);
    long request = settings.door().maxInFlight();
    roomForARequest("door.max-memory", settings.door().maxMemory() >= request);
    roomForARequest("links.max-queue", settings.links().maxQueue() >= request);
    roomForARequest("links.max-mailbox", settings.links().maxMailbox() >= request);
    rule(
        settings.links().maxMessage() >= settings.proposing().maxBatch(),
        "links.max-message",
        "proposer.max-batch",
        "no less than max-batch, or no batch of that size would arrive");
    roomForARequest("links.max-message", settings.links().maxMessage() >= request);
  }

  private void roomForARequest(String key, boolean fits) {
    rule(fits, key, "door.max-in-flight", "room for the largest request");
  }

  private void room(String key, boolean fits) {
    rule(fits, key, "door.max-value", "room for a key and a value of the largest size");
  }

  private void rule(boolean holds, String key, String other, String allowed) {
    if (!holds && !problems.has(key) && !problems.has(other)) {
      String found =
          "= "
              + settings.effective().get(key)
              + " with "
              + other
              + " = "
              + settings.effective().get(other);
      problems.add(origin(key, other), key, found, allowed);
    }
  }

  private ConfigOrigin origin(String key, String other) {
    String given = config.hasPath(key) ? key : other;
    return config.hasPath(given) ? config.getValue(given).origin() : config.origin();
  }

  private static boolean atMost(Duration shorter, Duration longer) {
    return shorter.compareTo(longer) <= 0;
  }
}
