package synod.sim;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
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

/**
 * How a world is made: the seed of all that chance decides in it, and every {@link Knob} that is
 * not calm. What people and fate do to it stands in {@link Action}s.
 */
public final class Plan {
  private static final int RETRANSMIT = 300;
  private static final int LEADER_TIMEOUT = 1_000;
  private static final int FETCH = 500;
  private static final int LEASE = 400;

  private final long seed;
  private final Map<Knob, Long> knobs = new EnumMap<>(Knob.class);

  Plan(long seed) {
    this.seed = seed;
  }

  private Plan(Plan other) {
    this(other.seed);
    knobs.putAll(other.knobs);
  }

  /** Reads {@code seed=7 loss=20}: what {@link #toString} writes. */
  static Plan parse(List<String> words) {
    Plan plan = new Plan(0);
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException(word + " is not a name, = and a number");
      }
      String name = word.substring(0, equals);
      long value = Long.parseLong(word.substring(equals + 1));
      plan = name.equals("seed") ? plan.seeded(value) : plan.with(Knob.of(name), value);
    }
    return plan;
  }

  Plan seeded(long other) {
    Plan changed = new Plan(other);
    changed.knobs.putAll(knobs);
    return changed;
  }

  Plan with(Knob knob, long value) {
    Plan changed = new Plan(this);
    if (value == knob.calm()) {
      changed.knobs.remove(knob);
    } else {
      changed.knobs.put(knob, value);
    }
    return changed;
  }

  long seed() {
    return seed;
  }

  long get(Knob knob) {
    return knobs.getOrDefault(knob, knob.calm());
  }

  int number(Knob knob) {
    return Math.toIntExact(get(knob));
  }

  boolean is(Knob knob) {
    return get(knob) != 0;
  }

  /** The knobs that are not calm. */
  List<Knob> turned() {
    return List.copyOf(knobs.keySet());
  }

  @Override
  public boolean equals(Object that) {
    return that instanceof Plan plan && plan.seed == seed && plan.knobs.equals(knobs);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(seed) + knobs.hashCode();
  }

  /** As a script has it. */
  @Override
  public String toString() {
    return knobs.entrySet().stream()
        .map(knob -> " " + knob.getKey().word() + "=" + knob.getValue())
        .collect(Collectors.joining("", "world seed=" + seed, ""));
  }

  // ---------------------------------------------------------------- what roles are configured with

  List<ReplicaId> replicas() {
    return IntStream.rangeClosed(1, number(Knob.REPLICAS)).mapToObj(ReplicaId::new).toList();
  }

  Quorums quorums() {
    return new Quorums(number(Knob.PHASE1), number(Knob.PHASE2));
  }

  /** As many as must live for any two quorums. */
  int needed() {
    return Math.max(number(Knob.PHASE1), number(Knob.PHASE2));
  }

  /**
   * Whether clocks run as evenly as leases take for granted. Where they do not, reads may be stale,
   * and all else has to hold as ever.
   */
  boolean clocksKeepToTheBound() {
    long slowest = (1_000 - get(Knob.SKEW)) * 100;
    return !is(Knob.LEASES) || slowest >= (1_000 + get(Knob.SKEW)) * (100 - get(Knob.DRIFT));
  }

  LeaseSettings leases(LongSupplier clock) {
    return is(Knob.LEASES)
        ? new LeaseSettings(LEASE, number(Knob.DRIFT), clock)
        : LeaseSettings.OFF;
  }

  /** In one world of four processes that end are missed at once, and some that live as well. */
  boolean hasHints() {
    return isOneInFour(2);
  }

  private boolean isOneInFour(int bit) {
    return (seed() >>> bit & 3) == 0;
  }

  /** In one world of four an idle leader shows three times between two heartbeats that it lives. */
  ProposerSettings proposer() {
    int batch = number(Knob.BATCH_BYTES);
    long keepAlive = ElectorSettings.DEFAULTS.detection().keepAliveMs();
    return new ProposerSettings(
        replicas(),
        quorums(),
        new ProposerSettings.Timing(
            keepAlive << (isOneInFour(0) ? 2 : 0),
            keepAlive,
            RETRANSMIT,
            LEADER_TIMEOUT,
            get(Knob.PATIENCE)),
        new ProposerSettings.Sizes(number(Knob.WINDOW), batch, 4 * batch));
  }

  AcceptorSettings acceptor() {
    return new AcceptorSettings(replicas(), quorums(), RETRANSMIT);
  }

  LearnerSettings learner() {
    var retain =
        is(Knob.RETAIN)
            ? new LearnerSettings.Retain(get(Knob.RETAIN), Long.MAX_VALUE / 2)
            : LearnerSettings.Retain.ALL;
    return new LearnerSettings(replicas(), quorums(), number(Knob.WINDOW), FETCH, retain);
  }

  Ring ring() {
    return new Ring(replicas(), Map.of(), quorums());
  }

  SessionLimits sessions() {
    return new SessionLimits(get(Knob.SESSION_TIME), number(Knob.SESSION_COUNT));
  }

  GatewaySettings gateway(long session) {
    var timing = new GatewaySettings.Timing(500, 1_500);
    return new GatewaySettings(session, number(Knob.BATCH_BYTES), 4_000, timing, sessions());
  }
}
