package synod.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import synod.paxos.ReplicaId;

/**
 * Whole replicas in foul weather; then as few as may live are left in peace, and must serve. {@code
 * -Dworld.seed=N} runs one seed, {@code -Dworld.seeds=N} as many.
 */
class WorldSeedsTest {
  private static final int SEEDS = Integer.getInteger("world.seeds", 800);
  private static final int LEASE_SEEDS = Integer.getInteger("world.seeds", 300);
  private static final int STEPS = 8_000;

  /** The longest back-off, a suspect timeout, a lost lap, a takeover that failed, some retries. */
  private static final long IN_TIME = 12_000;

  /** What must have happened in some seed, or the weather is too mild. */
  private static final List<String> RARE =
      List.of(
          "Truncated",
          "SnapshotInstalled",
          "Distrusted",
          "Stands QUARANTINED",
          "Stands READMITTING");

  @Test
  void noWeatherBreaksAnInvariantAndPeaceBringsOneLeaderWhoServesAll() {
    int only = Integer.getInteger("world.seed", -1);
    int answered = 0;
    int settled = 0;
    Map<String, Integer> happenings = new TreeMap<>();
    for (int seed = Math.max(only, 0); seed < (only < 0 ? SEEDS : only + 1); seed++) {
      Clients clients = run(new Weather(seed, Sizing.Leases.OFF), seed, happenings);
      answered += clients.answered();
      settled += clients.settled();
    }
    assertTrue(only >= 0 || answered > SEEDS, "hardly a read was answered: " + answered);
    assertTrue(only >= 0 || settled > SEEDS / 4, "hardly an outcome was settled: " + settled);
    assertTrue(only >= 0 || happenings.keySet().containsAll(RARE), happenings::toString);
  }

  /** Their clocks differ as much as leases allow for, and ticks come late. */
  @Test
  void leadersThatReadUnderLeasesServeNothingStaleAndAreSucceeded() {
    int only = Integer.getInteger("world.seed", -1);
    int answered = 0;
    Map<String, Integer> happenings = new TreeMap<>();
    for (int seed = Math.max(only, 0); seed < (only < 0 ? LEASE_SEEDS : only + 1); seed++) {
      answered += run(new Weather(seed, Sizing.Leases.ON), seed, happenings).answered();
    }
    assertTrue(only >= 0 || answered > LEASE_SEEDS, "hardly a read was answered: " + answered);
    boolean leased = happenings.keySet().containsAll(List.of("Leased", "HeldBack"));
    assertTrue(only >= 0 || leased, happenings::toString);
  }

  @Test
  void theSameSeedTellsTheSameStory() {
    assertEquals(story(7), story(7));
  }

  private static List<String> story(int seed) {
    Weather weather = new Weather(seed, Sizing.Leases.OFF);
    weather.steps(STEPS);
    return weather.world().last(Integer.MAX_VALUE);
  }

  private static Clients run(Weather weather, int seed, Map<String, Integer> happenings) {
    try {
      weather.steps(STEPS);
      weather.clear();
      demandService(weather);
      demandTruth(weather);
    } catch (RuntimeException | Error e) {
      throw new AssertionError(
          "seed " + seed + ", " + weather + "\n" + String.join("\n", weather.world().last(60)), e);
    }
    weather.world().happenings().forEach((kind, n) -> happenings.merge(kind, n, Integer::sum));
    return weather.clients();
  }

  /** I14: one leader, everybody has applied what is chosen, and a new write is done everywhere. */
  private static void demandService(Weather weather) {
    World world = weather.world();
    TreeMap<ReplicaId, Integer> writes = new TreeMap<>();
    world.alive().forEach(r -> writes.put(r.self(), weather.clients().write(r)));
    for (long waited = 0; waited < IN_TIME && !isServed(weather, writes.values()); waited += 100) {
      world.run(100);
      world.alive().forEach(r -> writes.compute(r.self(), (id, n) -> again(weather, r, n)));
    }
    assertTrue(isServed(weather, writes.values()), () -> "no service for " + writes);
  }

  /** What is said of unknown outcomes is so, and stays so. */
  private static void demandTruth(Weather weather) {
    weather.clients().settle(weather.world().alive().get(0));
    weather.world().run(2_000);
    weather.world().alive().forEach(weather.clients()::nothingThatWasRefusedIsThere);
  }

  private static int again(Weather weather, WholeReplica at, int write) {
    boolean over = weather.clients().isOver(write);
    return over ? weather.clients().write(at) : write;
  }

  private static boolean isServed(Weather weather, Collection<Integer> writes) {
    List<WholeReplica> alive = weather.world().alive();
    var slots = alive.stream().mapToLong(replica -> replica.state().applied()).summaryStatistics();
    return alive.stream().map(WholeReplica::leader).distinct().count() == 1
        && slots.getMax() - slots.getMin() <= 2
        && writes.stream().allMatch(weather.clients()::isDone);
  }
}
