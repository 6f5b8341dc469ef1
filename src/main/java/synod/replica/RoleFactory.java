package synod.replica;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import synod.kv.Gateway;
import synod.kv.GatewaySettings;
import synod.kv.Machine;
import synod.kv.SessionId;
import synod.paxos.Acceptor;
import synod.paxos.AcceptorSettings;
import synod.paxos.Journal;
import synod.paxos.Learner;
import synod.paxos.LearnerSettings;
import synod.paxos.LeaseSettings;
import synod.paxos.Message;
import synod.paxos.Proposer;
import synod.paxos.ProposerSettings;
import synod.paxos.ReplicaId;
import synod.paxos.Role;
import synod.ring.Elector;
import synod.ring.ElectorSettings;
import synod.ring.Ring;

/** Builds the roles and the gateway of one replica from its settings and what is on its disk. */
final class RoleFactory {
  private final Wiring wiring;
  private final Settings settings;
  private final Journal journal;
  private final Machine machine;
  private final List<ReplicaId> replicas;
  private final LeaseSettings leases;

  /** {@code clock}: ms that never fall; leases are counted by it. */
  RoleFactory(Wiring wiring, LongSupplier clock) {
    this.wiring = wiring;
    this.settings = wiring.settings();
    this.journal = wiring.memory().journal();
    this.machine = wiring.memory().machine();
    this.replicas = settings.replicas().stream().map(Settings.Member::id).toList();
    this.leases =
        new LeaseSettings(ms(settings.reads().lease()), settings.reads().maxDriftPercent(), clock);
  }

  /** Builds a role anew from what is durable. */
  interface Maker<M extends Message> {
    Role<M> make();
  }

  Maker<Message.ToProposer> proposer() {
    Settings.Liveness liveness = settings.liveness();
    Settings.Proposing proposing = settings.proposing();
    ProposerSettings chosen =
        new ProposerSettings(
            replicas,
            settings.quorums(),
            new ProposerSettings.Timing(
                ms(liveness.heartbeat()),
                ms(liveness.keepAlive()),
                ms(proposing.retransmit()),
                ms(liveness.leaderTimeout()),
                ms(proposing.patience())),
            new ProposerSettings.Sizes(
                proposing.window(),
                Math.toIntExact(proposing.maxBatch()),
                Math.toIntExact(proposing.maxWaiting())));
    return () -> new Proposer(journal, chosen, leases);
  }

  Maker<Message.ToAcceptor> acceptor() {
    AcceptorSettings chosen =
        new AcceptorSettings(replicas, settings.quorums(), ms(settings.proposing().retransmit()));
    return () -> new Acceptor(journal, chosen, leases);
  }

  Maker<Message.ToLearner> learner() {
    LearnerSettings chosen =
        new LearnerSettings(
            replicas,
            settings.quorums(),
            settings.proposing().window(),
            ms(settings.liveness().suspect()),
            new LearnerSettings.Retain(settings.log().maxSlots(), settings.log().maxBytes()));
    return () -> new Learner(journal, machine, chosen);
  }

  Maker<Message.ToElector> elector() {
    Map<ReplicaId, Integer> priorities = new TreeMap<>();
    settings.replicas().forEach(member -> priorities.put(member.id(), member.priority()));
    Ring ring = new Ring(replicas, priorities, settings.quorums());
    Settings.Liveness liveness = settings.liveness();
    ElectorSettings chosen =
        new ElectorSettings(
            new ElectorSettings.Detection(
                ms(liveness.keepAlive()),
                ms(liveness.suspect()),
                ms(settings.ring().pingInterval())),
            new ElectorSettings.Lap(
                ms(settings.ring().hopTimeout()), ms(settings.ring().takeoverTime())),
            ElectorSettings.DEFAULTS.backoff());
    return () ->
        new Elector(
            new Elector.Origin(wiring.self(), journal.promised()),
            ring,
            chosen,
            new SplittableRandom());
  }

  Gateway gateway() {
    SessionId session = new SessionId(wiring.self(), wiring.memory().incarnation());
    return new Gateway(
        new GatewaySettings(
            session.value(),
            Math.toIntExact(settings.proposing().maxBatch()),
            Math.toIntExact(settings.gateway().maxPending()),
            new GatewaySettings.Timing(
                ms(settings.gateway().retry()), ms(settings.gateway().commandTimeout())),
            settings.sessions().limits()),
        machine::answer);
  }

  private static long ms(Duration duration) {
    return duration.toMillis();
  }
}
