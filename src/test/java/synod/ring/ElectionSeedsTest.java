package synod.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import synod.paxos.Ballot;
import synod.paxos.Message;
import synod.paxos.ReplicaId;

/** Everything at once, by chance; then the faults stop, and there must be a leader in time. */
class ElectionSeedsTest {
  private static final int SEEDS = 200;

  /** The longest back-off, a suspect timeout, a lost lap, a takeover that failed, and some more. */
  private static final long IN_TIME = 8_000;

  private static final List<String> MESSAGES =
      List.of("Token", "TokenAck", "Coordinator", "Lead", "Prepare", "Heard", "Leading");

  @Test
  void aMajorityThatIsLeftInPeaceElectsOneLeaderInTime() {
    for (long seed = 0; seed < SEEDS; seed++) {
      List<String> history = new ArrayList<>();
      World world = disturbed(seed, history::add);

      world.run(IN_TIME);

      assertTrue(world.agreed().isPresent(), tale(seed, world, history));
    }
  }

  @Test
  void aLeaderThatWorksIsNotDeposed() {
    for (long seed = 0; seed < SEEDS; seed += 5) {
      List<String> history = new ArrayList<>();
      World world = disturbed(seed, history::add);
      world.run(IN_TIME);
      int before = world.leaders().size();

      world.run(10_000);

      assertEquals(before, world.leaders().size(), tale(seed, world, history));
    }
  }

  @Test
  void noBallotIsWonTwice() {
    for (long seed = 0; seed < SEEDS; seed += 5) {
      World world = disturbed(seed, line -> {});
      world.run(IN_TIME);

      List<Ballot> leaders = world.leaders();

      assertEquals(leaders.stream().distinct().toList(), leaders, "seed " + seed);
    }
  }

  @Test
  void theSameSeedTellsTheSameStory() {
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();

    disturbed(7, first::add).run(IN_TIME);
    disturbed(7, second::add).run(IN_TIME);

    assertEquals(first, second);
    assertTrue(first.size() > 20, "too dull: " + first);
  }

  /** Ten seconds of faults, after which links work and all but at most a minority are alive. */
  private static World disturbed(long seed, Consumer<String> transcript) {
    SplittableRandom random = new SplittableRandom(seed);
    int size = 3 + 2 * random.nextInt(3);
    Ring ring = Ring.of(IntStream.rangeClosed(1, size).mapToObj(ReplicaId::new).toList());
    World world = new World(ring, ElectorSettings.DEFAULTS, seed, transcript);
    ring.replicas().forEach(world::start);
    for (int i = 0; i < 20; i++) {
      world.run(random.nextInt(1_000));
      disturb(world, ring, random);
    }
    world.heal();
    world.disarm();
    world.doubleTokens(0);
    dead(world, ring).skip(random.nextInt(size / 2 + 1)).forEach(world::start);
    return world;
  }

  private static void disturb(World world, Ring ring, SplittableRandom random) {
    ReplicaId one = any(ring.replicas(), random);
    ReplicaId other = any(ring.replicas(), random);
    switch (random.nextInt(10)) {
      case 0, 1 -> world.cut(one, other);
      case 2 -> world.heal();
      case 3 -> world.doubleTokens(random.nextInt(700));
      case 4 -> {
        String message = any(MESSAGES, random);
        world.set(new World.Trap(one, random.nextBoolean(), message, random.nextBoolean()));
      }
      case 5, 6 -> dead(world, ring).forEach(world::start);
      default -> disturbLiving(world, one, random);
    }
  }

  private static void disturbLiving(World world, ReplicaId one, SplittableRandom random) {
    if (!world.alive().contains(one)) {
      return;
    }
    switch (random.nextInt(4)) {
      case 0 -> world.kill(one);
      case 1 -> world.crashElector(one);
      case 2 -> world.crashProposer(one);
      default -> world.tell(one, new Message.Elect());
    }
  }

  private static Stream<ReplicaId> dead(World world, Ring ring) {
    List<ReplicaId> alive = world.alive();
    return ring.replicas().stream().filter(replica -> !alive.contains(replica)).toList().stream();
  }

  private static <T> T any(List<T> of, SplittableRandom random) {
    return of.get(random.nextInt(of.size()));
  }

  private static String tale(long seed, World world, List<String> history) {
    return "seed "
        + seed
        + " "
        + world.alive().stream()
            .map(replica -> replica + " " + world.elector(replica).state())
            .collect(Collectors.joining(", "))
        + "\n"
        + String.join("\n", history.subList(Math.max(0, history.size() - 80), history.size()));
  }
}
