package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import synod.paxos.Node.RoleKind;
import synod.paxos.ProposerSettings.Sizes;

/**
 * Runs by chance: first everything breaks, then a quorum is healed, and it must make progress (I14)
 * without those that stay dead. {@code -Dpaxos.seed=N} runs one seed, {@code -Dpaxos.seeds=N} as
 * many.
 */
class PaxosSeedsTest {
  private static final int SEEDS = Integer.getInteger("paxos.seeds", 3_000);
  private static final int STEPS = 500;
  private static final List<RoleKind> ROLES = List.of(RoleKind.values());

  @Test
  void noFaultBreaksAnInvariantAndAHealedQuorumMakesProgress() {
    Totals totals = new Totals();
    int first = Integer.getInteger("paxos.seed", 0);
    int last = first > 0 ? first + 1 : SEEDS;
    for (int seed = first; seed < last; seed++) {
      run(seed, totals);
    }

    assertTrue(totals.chosen > last - first, totals::toString);
    assertTrue(first > 0 || (totals.reads > 0 && totals.adopted > 0), totals::toString);
  }

  /** Shows that the runs are no idle ones. */
  private static final class Totals {
    private long chosen;
    private long reads;
    private long adopted;

    @Override
    public String toString() {
      return chosen + " slots chosen, " + adopted + " adopted, " + reads + " reads answered";
    }
  }

  private static void run(int seed, Totals totals) {
    Chaos chaos = new Chaos(seed);
    try {
      for (int i = 0; i < STEPS; i++) {
        chaos.step();
      }
      chaos.healAndDemandProgress();
    } catch (RuntimeException | Error e) {
      throw new AssertionError("seed " + seed + ", last: " + chaos.story, e);
    }
    totals.chosen += chaos.checker.chosenSlots();
    totals.reads += chaos.checker.answeredReads();
    totals.adopted += chaos.checker.adopted();
  }

  private static final class Chaos {
    private final SplittableRandom random;
    private final Quorums quorums;
    private final Checker checker;
    private final Cluster cluster;
    private final StringBuilder story = new StringBuilder();
    private int commands;
    private long readIds;

    Chaos(int seed) {
      random = new SplittableRandom(seed);
      int replicas = 3 + 2 * random.nextInt(2);
      quorums = quorums(replicas);
      checker = new Checker(quorums);
      cluster = new Cluster(replicas, quorums, new Sizes(1 + random.nextInt(4), 4, 16), checker);
    }

    private Quorums quorums(int replicas) {
      int phase2 = random.nextInt(4) == 0 ? 2 : replicas / 2 + 1;
      return new Quorums(replicas + 1 - phase2, phase2);
    }

    void step() {
      int dice = random.nextInt(100);
      if (dice < 62) {
        disturbOrDeliver();
      } else if (dice < 69) {
        cluster.tick();
      } else if (dice < 74) {
        submit(any());
      } else if (dice < 81) {
        read(any());
      } else if (dice < 90) {
        disk(any());
      } else if (dice < 93) {
        lead(any());
      } else if (dice < 96) {
        crash(any());
      } else if (dice < 98) {
        killOrStart(any());
      } else {
        cutOrHeal();
      }
    }

    private Node any() {
      return cluster.processes().get(random.nextInt(cluster.processes().size()));
    }

    private void disturbOrDeliver() {
      List<Envelope<?>> flying = cluster.flying();
      if (flying.isEmpty()) {
        return;
      }
      int at = random.nextInt(8) == 0 ? random.nextInt(flying.size()) : 0;
      Envelope<?> envelope = flying.get(at);
      int dice = random.nextInt(100);
      if (dice >= 5) {
        flying.remove(at);
      }
      if (dice < 90) {
        cluster.deliver(envelope);
      }
    }

    private void submit(Node at) {
      Bytes command = Bytes.utf8("c" + commands++);
      if (at.isUp()) {
        cluster.tell(at, new Message.Submit(command));
      }
    }

    private void read(Node at) {
      if (at.isUp()) {
        checker.reads(++readIds);
        cluster.tell(at, new Message.Read(readIds));
      }
    }

    private void disk(Node at) {
      if (at.isUp() && random.nextInt(3) == 0) {
        at.holdSync();
      } else if (at.isUp()) {
        at.sync();
      }
    }

    private void lead(Node at) {
      if (at.isUp()) {
        note("lead " + at.id());
        cluster.lead(at);
      }
    }

    private void crash(Node at) {
      RoleKind role = ROLES.get(random.nextInt(ROLES.size()));
      if (at.isUp()) {
        note("crash " + role + " " + at.id());
        if (random.nextBoolean()) {
          at.crash(role);
        } else {
          at.doom(role);
        }
      }
    }

    private void killOrStart(Node at) {
      note((at.isUp() ? "kill " : "start ") + at.id());
      if (at.isUp()) {
        at.kill(random.nextInt(3));
      } else {
        at.restart();
      }
    }

    private void cutOrHeal() {
      if (random.nextInt(3) == 0) {
        cluster.heal();
      } else {
        Node from = any();
        Node to = any();
        note("cut " + from.id() + ">" + to.id());
        cluster.cut(from.id(), to.id());
      }
    }

    private void note(String what) {
      story.append(what).append("; ");
    }

    // ---------------------------------------------------------------- the end

    /** A quorum lives, whoever it is; the rest is dead for good, and what it alone knew with it. */
    void healAndDemandProgress() {
      cluster.heal();
      int needed = Math.max(quorums.phase1(), quorums.phase2());
      int dead = cluster.processes().size() - needed;
      cluster.ups().stream().skip(needed).forEach(process -> process.kill(0));
      for (Node process : cluster.processes()) {
        boolean revive = cluster.ups().size() < needed && !process.isUp();
        if (revive) {
          process.restart();
        }
        if (process.isUp()) {
          process.sync();
        }
      }
      assertEquals(cluster.processes().size() - dead, cluster.ups().size());
      note("heal " + cluster.ups().stream().map(p -> p.id().toString()).toList());
      demandProgress();
    }

    /** In place of an elector: one is asked again and again, until what it was given is applied. */
    private void demandProgress() {
      Node leader = cluster.ups().get(random.nextInt(cluster.ups().size()));
      Bytes last = Bytes.utf8("last");
      for (int i = 0; i < 10 && !allApplied(last); i++) {
        cluster.lead(leader);
        cluster.tell(leader, new Message.Submit(last));
        cluster.run(600, envelope -> true);
      }
      assertTrue(allApplied(last), this::state);
    }

    private boolean allApplied(Bytes last) {
      return cluster.ups().stream()
          .allMatch(
              process ->
                  process.machine().batches().stream()
                      .anyMatch(batch -> batch.commands().utf8().contains(last.utf8())));
    }

    private String state() {
      return cluster.ups().stream()
          .map(p -> p.id() + " applied " + p.machine().applied())
          .collect(Collectors.joining(", ", "no progress: ", ""));
    }
  }
}
