package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Histories that chance makes: messages lost, doubled and reordered, links cut one way, duelling
 * leaders, roles that crash and replicas that lose what they had not synced. Then all is healed,
 * and a command must be chosen and applied everywhere.
 */
class PaxosSeedsTest {
  private static final int SEEDS = 1_000;
  private static final int STEPS = 400;

  @Test
  void agreeUnderFaultsAndGoOnAfterThem() {
    long applied = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      applied += run(seed);
    }
    assertTrue(applied > 10 * SEEDS, "hardly anything was chosen: " + applied);
  }

  private static long run(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int size = List.of(3, 5, 5, 7).get(random.nextInt(4));
    Quorums quorums = random.nextInt(4) == 0 ? flexible(size) : Quorums.majority(size);
    PaxosWorld world = new PaxosWorld(size, quorums, new ProposerSettings.Sizes(4, 20, 200));
    try {
      faults(world, random);
      return heal(world);
    } catch (AssertionError | RuntimeException | Invariant.Violation e) {
      List<String> said = world.transcript;
      List<String> last = said.subList(Math.max(0, said.size() - 60), said.size());
      throw new AssertionError("seed " + seed + "\n" + String.join("\n", last), e);
    }
  }

  private static Quorums flexible(int size) {
    return new Quorums(size - 1, 2);
  }

  private static void faults(PaxosWorld world, SplittableRandom random) {
    int size = world.ids.size();
    int loss = random.nextInt(15);
    int doubling = random.nextInt(10);
    boolean ordered = random.nextBoolean();
    int crashes = random.nextInt(3);
    for (int i = 0; i < STEPS; i++) {
      int any = 1 + random.nextInt(size);
      int what = random.nextInt(100);
      if (what < 2) {
        world.say(any, any, new Message.Lead(random.nextInt(3), 0));
      } else if (what < 8) {
        world.say(any, 1 + random.nextInt(size), new Message.Submit(Bytes.utf8("c" + i)));
      } else if (what < 14) {
        world.tick(25 + random.nextInt(200));
      } else if (what < 14 + crashes) {
        crash(world, random, any);
      } else if (what == 20) {
        world.cut.add(any + ">" + (1 + random.nextInt(size)));
      } else if (what == 21) {
        world.cut.clear();
      } else if (what < 40) {
        flushOne(world, any);
      } else if (!world.queue.isEmpty()) {
        int next = ordered ? 0 : random.nextInt(world.queue.size());
        if (random.nextInt(100) < doubling) {
          world.queue.add(world.queue.get(next));
        }
        if (random.nextInt(100) < loss) {
          world.queue.remove(next);
        } else {
          world.step(next);
        }
      }
    }
  }

  private static void flushOne(PaxosWorld world, int any) {
    if (world.replica(any).up) {
      world.replica(any).flush();
    }
  }

  private static void crash(PaxosWorld world, SplittableRandom random, int any) {
    PaxosReplica replica = world.replica(any);
    if (!replica.up) {
      replica.restart();
    } else if (random.nextInt(4) == 0) {
      replica.kill(random.nextLong(replica.machine.applied() + 1));
    } else {
      replica.crash(List.of("proposer", "acceptor", "learner").get(random.nextInt(3)));
    }
  }

  /** Everybody is up and everything arrives: within a bound a new command is applied everywhere. */
  private static long heal(PaxosWorld world) {
    world.cut.clear();
    for (PaxosReplica replica : world.replicas.values()) {
      if (!replica.up) {
        replica.restart();
      }
    }
    world.flush();
    world.deliverAll();
    for (int round = 0; round < 60; round++) {
      if (round % 20 == 0) {
        world.say(1, 1, new Message.Lead(1_000, world.replica(1).machine.applied()));
      }
      if (round % 20 == 10) {
        world.say(1, 1, new Message.Submit(Bytes.utf8("last")));
      }
      world.tick(100);
      world.flush();
      world.deliverAll();
    }
    long applied = world.replica(1).machine.applied();
    for (PaxosReplica replica : world.replicas.values()) {
      assertTrue(
          replica.machine.batches().stream().anyMatch(b -> b.commands().utf8().contains("last")),
          "a healed replica has not applied the last command");
      assertTrue(Math.abs(applied - replica.machine.applied()) <= 3, "a healed replica is behind");
    }
    return applied;
  }
}
