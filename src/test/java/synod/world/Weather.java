package synod.world;

import java.util.List;
import java.util.SplittableRandom;
import synod.paxos.Invariant;
import synod.paxos.LearnerSettings;
import synod.paxos.Quorums;

/** What chance does to a world. */
final class Weather {
  /** The fastest gains less than a tenth on the slowest, which is what leases allow for. */
  private static final List<Long> RATES = List.of(950L, 1_000L, 1_050L);

  private final SplittableRandom random;
  private final Sizing sizing;
  private final World world;
  private final Clients clients;
  private final int loss;
  private final int doubling;
  private final int reach;
  private final int faults;

  /** The replica whose clock is slow, if there is one. */
  private final int slow;

  Weather(int seed, Sizing.Leases leases) {
    this.random = new SplittableRandom(seed);
    int size = any(List.of(3, 3, 5, 5, 7));
    this.sizing = new Sizing(Sizing.replicas(size), quorums(size), retain(), leases);
    this.world = new World(sizing, random.split());
    if (leases == Sizing.Leases.ON) {
      world.replicas().forEach(replica -> replica.keepTime(any(RATES)));
    }
    this.clients = new Clients(world);
    this.loss = any(List.of(0, 2, 10, 30));
    this.doubling = any(List.of(0, 2, 10));
    this.reach = any(List.of(1, 4, 30));
    this.faults = any(List.of(1, 2, 5, 10, 25));
    this.slow = random.nextInt(size + 1);
  }

  private Quorums quorums(int size) {
    return random.nextInt(4) == 0 ? new Quorums(size - 1, 2) : Quorums.majority(size);
  }

  private LearnerSettings.Retain retain() {
    var little = new LearnerSettings.Retain(2 + random.nextInt(20), Long.MAX_VALUE / 2);
    return random.nextInt(3) == 0 ? LearnerSettings.Retain.ALL : little;
  }

  World world() {
    return world;
  }

  Clients clients() {
    return clients;
  }

  void steps(int steps) {
    for (int i = 0; i < steps; i++) {
      step();
    }
  }

  private void step() {
    WholeReplica one = any(world.replicas());
    int what = random.nextInt(1_000);
    if (what < faults) {
      fault(one);
    } else if (what < 750) {
      message();
    } else if (what < 850) {
      world.flush(one);
    } else if (what < 960) {
      tick(one);
    } else if (what < 974) {
      clients.write(one);
    } else if (what < 975) {
      clients.settle(one);
    } else {
      clients.read(one, random);
    }
  }

  /** With leases time is the same for all, and only the rates of their clocks differ. */
  private void tick(WholeReplica one) {
    if (sizing.leases() == Sizing.Leases.ON) {
      world.pass(1 + random.nextInt(60 / sizing.replicas().size()));
    } else {
      one.pass(1 + random.nextInt(one.self().number() == slow ? 10 : 60));
    }
    one.tick();
  }

  private void message() {
    if (world.underWay() == 0) {
      return;
    }
    int index = random.nextInt(Math.min(reach, world.underWay()));
    int what = random.nextInt(100);
    if (what < loss) {
      world.lose(index);
    } else {
      if (what < loss + doubling) {
        world.repeat(index);
      }
      world.deliver(index);
    }
  }

  private void fault(WholeReplica one) {
    if (!one.isUp()) {
      one.start();
      return;
    }
    if (sizing.leases() == Sizing.Leases.ON && random.nextInt(6) == 0) {
      forgetGrants();
      return;
    }
    switch (random.nextInt(16)) {
      case 0, 1 -> world.cut(one.self(), any(world.replicas()).self());
      case 11 -> isolate(one);
      case 2, 3 -> world.heal();
      case 4, 5, 6 -> world.kill(one, random.nextInt(4));
      case 7 -> world.hang(one);
      case 12 -> wipe(one);
      case 13 -> world.readmit(one);
      case 8, 9, 10 -> world.elect(one);
      default -> world.crash(one, any(List.of(WholeReplica.Kind.values())));
    }
  }

  /** Acceptors live anew while somebody, perhaps another than the leader, tries to lead. */
  private void forgetGrants() {
    world.alive().forEach(replica -> world.crash(replica, WholeReplica.Kind.ACCEPTOR));
    world.elect(any(world.alive()));
  }

  /** As many disks may be lost at one time as replicas may. */
  private void wipe(WholeReplica one) {
    int needed = Math.max(sizing.quorums().phase1(), sizing.quorums().phase2());
    long whole = world.replicas().stream().filter(r -> r != one && r.hasVoted()).count();
    if (whole >= needed) {
      world.wipe(one);
    }
  }

  /** Perhaps the leader, who does not know what the others do meanwhile. */
  private void isolate(WholeReplica one) {
    for (WholeReplica other : world.replicas()) {
      world.cut(one.self(), other.self());
      world.cut(other.self(), one.self());
    }
  }

  /** Who lost a disk votes again when all others are there to be asked. */
  private void makeWhole() {
    world.replicas().stream().filter(r -> !r.isUp()).forEach(WholeReplica::start);
    for (int i = 0; i < 600 && !world.replicas().stream().allMatch(WholeReplica::votes); i++) {
      if (i % 20 == 0) {
        world.replicas().stream().filter(WholeReplica::isInQuarantine).forEach(world::readmit);
      }
      world.run(100);
    }
    Invariant.check(
        world.replicas().stream().allMatch(WholeReplica::votes), "not all may answer again");
  }

  /** The faults end. As many live as two quorums need, or more; who is dead stays so. */
  void clear() {
    world.heal();
    makeWhole();
    int needed = Math.max(sizing.quorums().phase1(), sizing.quorums().phase2());
    int alive = needed + random.nextInt(sizing.replicas().size() - needed + 1);
    while (world.alive().size() != alive) {
      WholeReplica one = any(world.replicas());
      if (world.alive().size() < alive && !one.isUp()) {
        one.start();
      } else if (world.alive().size() > alive && one.isUp()) {
        world.kill(one, random.nextInt(4));
      }
    }
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  @Override
  public String toString() {
    return sizing.replicas().size()
        + " replicas, "
        + sizing.quorums()
        + ", "
        + clients
        + ", "
        + world.invariants().chosen()
        + " chosen, "
        + world.invariants().ballots()
        + " ballots, "
        + world.replicas().stream().map(r -> r.leader() + " " + r.state().applied()).toList();
  }
}
