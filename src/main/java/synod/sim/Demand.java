package synod.sim;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import synod.paxos.Invariant;
import synod.paxos.Message;

/**
 * The second phase: the faults end, as many replicas live as two quorums need or more, and what is
 * left must serve (I14): one leader, everybody within two slots, and a new answer for each client.
 * Then everything is read once more (I12).
 */
final class Demand {
  private static final long STEP = 100_000;

  /** Whoever lost a disk needs all others, a snapshot perhaps, and a quorum that knows its life. */
  private static final long WHOLE_IN = 60_000_000;

  /** The longest back-off, a suspect timeout, a lost lap, a takeover that failed, some retries. */
  private static final long SERVED_IN = 15_000_000;

  /** Chance may send a lone client to the one that can't help a dozen times in a row. */
  private static final long ASKED_IN_VAIN = 30_000_000;

  private final World world;
  private final Clients clients;
  private final SplittableRandom random;

  Demand(World world, Clients clients, SplittableRandom random) {
    this.world = world;
    this.clients = clients;
    this.random = random;
  }

  /** One fault at the leader alone, and nothing else: the others go on without it. */
  void ordeal() {
    world.calm();
    world.replicas().forEach(WholeReplica::start);
    await(WHOLE_IN, this::allVote, () -> "not all may answer again");
    await(SERVED_IN, () -> leaders() == 1, () -> "no leader");
    WholeReplica old = world.alive().stream().filter(WholeReplica::leads).findFirst().orElseThrow();
    boolean hangs = world.plan().get(Knob.ORDEAL) == 1;
    world.say(() -> "-- " + old.self() + (hangs ? ": its disk hangs" : " hears nobody"));
    if (hangs) {
      old.hang();
    } else {
      world.replicas().forEach(other -> world.cut(other.self(), old.self()));
    }
    await(SERVED_IN, () -> goOnWithout(old), () -> "nobody takes over from " + old.self());
    int enough = clients.answered() + 3;
    await(
        ASKED_IN_VAIN + SERVED_IN,
        () -> clients.answered() >= enough,
        () -> "no service without " + old.self());
  }

  private long leaders() {
    return world.alive().stream().filter(WholeReplica::leads).count();
  }

  private boolean goOnWithout(WholeReplica old) {
    return world.alive().stream().anyMatch(replica -> replica != old && replica.leads());
  }

  void service() {
    world.say(() -> "-- the faults end");
    world.calm();
    world.replicas().forEach(WholeReplica::start);
    await(WHOLE_IN, this::allVote, () -> "not all may answer again");
    lose();
    clients.countServed();
    await(SERVED_IN, this::isServed, () -> "no service");
    clients.rest();
    await(SERVED_IN, clients::allIdle, () -> "some client has no outcome");
    for (String key : clients.keys()) {
      clients.readLast(key);
      await(SERVED_IN, clients::allIdle, () -> "no outcome of reading " + key);
    }
  }

  private boolean allVote() {
    boolean seldom = world.timeline().now() / STEP % 20 == 0;
    world.replicas().stream()
        .filter(replica -> seldom && replica.isQuarantined())
        .forEach(replica -> world.tell(replica, new Message.Readmit()));
    return world.replicas().stream().allMatch(WholeReplica::votes);
  }

  /** The others are dead for good, and what they alone knew with them. */
  private void lose() {
    int all = world.replicas().size();
    int alive = world.plan().needed() + random.nextInt(all - world.plan().needed() + 1);
    while (world.alive().size() > alive) {
      world.replicas().get(random.nextInt(all)).kill("lost for good");
    }
  }

  private boolean isServed() {
    List<WholeReplica> alive = world.alive();
    var slots = alive.stream().mapToLong(replica -> replica.state().applied()).summaryStatistics();
    return alive.stream().map(WholeReplica::leader).distinct().count() == 1
        && slots.getMax() - slots.getMin() <= 2
        && clients.allServed();
  }

  private void await(long micros, BooleanSupplier what, Supplier<String> otherwise) {
    long end = world.timeline().now() + micros;
    while (!what.getAsBoolean()) {
      Invariant.check(
          world.timeline().now() < end, "I14: %s: %s", otherwise.get(), world.replicas());
      world.timeline().run(world.timeline().now() + STEP);
    }
  }
}
