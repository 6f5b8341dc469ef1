package synod.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import synod.paxos.Event;

/**
 * A fixed set of seeds, and fresh ones, whose first is printed. {@code -Dsim.seeds=N} runs as many
 * fixed ones, {@code -Dsim.fresh=SECONDS} fresh ones for as long, {@code -Dsim.first=N} from that
 * one on. {@code ./run-cluster.sh simulate --seed N --transcript} shows what happens in one.
 */
class SeedsTest {
  private static final long SEEDS = Long.getLong("sim.seeds", 2_000);
  private static final long FRESH_SECONDS = Long.getLong("sim.fresh", 15);
  private static final int THREADS = 2;

  @Test
  void noFaultBreaksAnInvariantAndAHealedQuorumServesAll() throws InterruptedException {
    Campaign campaign = new Campaign(1, SEEDS);

    run(campaign, Long.MAX_VALUE);

    assertEquals(SEEDS, campaign.runs());
    assertTrue(campaign.outcomes() > 0, "no unknown outcome was asked for");
    assertEquals(Set.of(), missing(campaign), "events that never happened");
  }

  @Test
  void norDoesItWithSeedsThatNobodyHasSeen() throws InterruptedException {
    long first = Long.getLong("sim.first", System.nanoTime() >>> 10);
    System.out.println("fresh seeds from " + first + " on");

    run(new Campaign(first, Long.MAX_VALUE >> 1), FRESH_SECONDS);
  }

  private static void run(Campaign campaign, long seconds) throws InterruptedException {
    long begun = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread thread =
          new Thread(() -> campaign.work(() -> (System.nanoTime() - begun) / 1e9 > seconds));
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    double rate = campaign.runs() / ((System.nanoTime() - begun) / 1e9);
    System.out.printf("%s, %.0f histories a second%n", campaign, rate);
    campaign.failed().forEach(SeedsTest::explain);
  }

  private static void explain(Campaign.Failed failed) {
    Script small = new Shrink(Run::of, failed.failure().name(), 300).of(Swarm.draw(failed.seed()));
    throw new AssertionError(
        String.format(
            "seed %d of %s: %s%nMade smaller, to be kept in src/test/resources/scripts:%n%s%n----%n%s",
            failed.seed(),
            SourceVersion.here(),
            failed.failure(),
            String.join("\n", small.lines()),
            Run.of(small)),
        failed.failure().cause());
  }

  private static Set<String> missing(Campaign campaign) {
    Set<String> missing = new TreeSet<>();
    for (Class<?> event : Event.class.getPermittedSubclasses()) {
      String name = event.getSimpleName();
      boolean happened =
          campaign.events().keySet().stream()
              .anyMatch(seen -> seen.equals(name) || seen.startsWith(name + " "));
      if (!happened) {
        missing.add(name);
      }
    }
    return missing;
  }
}
