package synod.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Each {@link Bug} is put into the sources, and must be caught by the invariant that names it: at
 * the seed that its file tells, or at any other of {@link SeedsTest}.
 *
 * <p>{@code -Dbugs.hunt=true} looks for all from the first seed on, and writes what it finds into
 * their files and into docs/bugs.md. {@code -Dbugs.only=WORD} is for those with such a name.
 */
class BugsTest {
  private static final String ONLY = System.getProperty("bugs.only", "");

  private final List<Bug> bugs =
      Bug.all().stream().filter(bug -> bug.name().contains(ONLY)).toList();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private record Hunted(Bug bug, Optional<Hunt.Catch> found, Map<String, Long> before) {}

  @TestFactory
  Stream<DynamicTest> isCaught() {
    Map<Bug, CompletableFuture<Hunted>> hunts = new TreeMap<>(BugsTest::byName);
    bugs.forEach(bug -> hunts.put(bug, later(() -> seek(bug))));
    return hunts.entrySet().stream()
        .map(hunt -> dynamicTest(hunt.getKey().title(), () -> judge(hunt.getValue().join())));
  }

  private static int byName(Bug a, Bug b) {
    return a.name().compareTo(b.name());
  }

  private <T> CompletableFuture<T> later(Supplier<T> what) {
    return CompletableFuture.supplyAsync(what, threads);
  }

  private static Hunted seek(Bug bug) {
    Hunt hunt = new Hunt(bug);
    Optional<Hunt.Catch> found = hunt.at(bug.seed());
    if (found.isEmpty()) {
      hunt.before().clear();
      found = hunt.all();
      found.ifPresent(c -> System.out.println(bug.name() + ": seed: " + c.seed()));
    }
    return new Hunted(bug, found, hunt.before());
  }

  private static void judge(Hunted hunted) {
    Set<String> unexpected = new TreeSet<>(hunted.before().keySet());
    unexpected.removeAll(hunted.bug().alsoBreaks());
    assertEquals(Set.of(), unexpected, () -> "broken before: " + hunted.before());
    assertTrue(
        hunted.found().isPresent(),
        () -> Hunt.SEEDS + " seeds do not catch it: is the simulator too weak?");
  }

  @Test
  void isNotThereWithoutThePatch() {
    LongFunction<List<String>> run = new PatchedLoader(Map.of()).seedRun();
    Set<Long> seeds = new TreeSet<>();
    bugs.forEach(bug -> seeds.add(bug.seed()));

    Map<Long, List<String>> failed = new TreeMap<>();
    for (long seed : seeds) {
      List<String> failure = run.apply(seed);
      if (!failure.isEmpty()) {
        failed.put(seed, failure);
      }
    }

    assertEquals(Map.of(), failed);
  }

  @Test
  @EnabledIfSystemProperty(named = "bugs.hunt", matches = "true")
  void isHuntedFromTheFirstSeedOn() throws IOException {
    List<CompletableFuture<Hunted>> hunts =
        bugs.stream().map(bug -> later(() -> hunt(bug))).toList();

    BugTable table = new BugTable();
    for (CompletableFuture<Hunted> hunt : hunts) {
      Hunted hunted = hunt.join();
      judge(hunted);
      Hunt.Catch found = hunted.found().orElseThrow();
      hunted.bug().remember(found.seed());
      table.add(hunted.bug(), found, hunted.before());
    }
    if (ONLY.isEmpty()) {
      table.write();
    }
  }

  private static Hunted hunt(Bug bug) {
    Hunt hunt = new Hunt(bug);
    Optional<Hunt.Catch> found = hunt.all();
    System.out.println(bug.name() + ": " + found + hunt.before());
    return new Hunted(bug, found, hunt.before());
  }
}
