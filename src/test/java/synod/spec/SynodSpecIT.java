package synod.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The consensus in {@code Synod.tla}: what holds of it, and what does not hold of its bugs. */
class SynodSpecIT {
  private static final long MOST_SECONDS = 1_800;

  private final Path directory;

  SynodSpecIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @CsvSource({
    "1 slot 2 ballots 1 crash, 1, 2, 1, {}, 44000",
    "the same with truncation, 1, 2, 1, '{1, 2}', 100000",
    "1 slot 3 ballots, 1, 3, 0, {}, 53000",
    "2 slots 2 ballots, 2, 2, 0, {}, 98000",
    "1 slot 3 ballots 1 crash, 1, 3, 1, {}, 1180000",
  })
  void allHoldsOfThree(
      String name, int slots, int ballots, int crashes, String truncating, long atLeast)
      throws IOException, InterruptedException {
    Model model =
        Model.of("MCSynod")
            .named(name)
            .with("Slots", slots)
            .with("Ballots", ballots)
            .with("MaxCrashes", crashes)
            .with("Truncating", truncating);

    Tlc.Report report = new Tlc(directory).fast().run(model, MOST_SECONDS);

    report.print("holds");
    assertTrue(report.isSound(), report::tail);
    assertTrue(report.distinct() >= atLeast, report::tail);
  }

  /** Each pair of quorums meets, and none is a majority of its phase. */
  @Test
  void allHoldsOfFlexibleQuorums() throws IOException, InterruptedException {
    Model model =
        Model.of("MCSynod")
            .named("quorums of 3 and 1")
            .with("Quorum1", 3)
            .with("Quorum2", 1)
            .with("MaxCrashes", 1);

    Tlc.Report report = new Tlc(directory).fast().run(model, MOST_SECONDS);

    report.print("holds");
    assertTrue(report.isSound(), report::tail);
    assertTrue(report.distinct() >= 10_000, report::tail);
  }

  @Test
  void nothingBreaksInRandomWalksOfFive() throws IOException, InterruptedException {
    Tlc.Report report = walks(ofFive());

    System.out.printf(
        "| MCSynod | 5 acceptors, random walks | %,d states checked | | %.0f s | holds |%n",
        report.checked(), report.seconds());
    assertEquals(Optional.empty(), report.violated(), report::tail);
    assertFalse(report.output().contains("Error"), report::tail);
    assertTrue(report.checked() >= 20_000, report::tail);
  }

  @ParameterizedTest
  @CsvSource({"smallQuorum, AppliedIsChosen", "noAdoption, Agreement"})
  void randomWalksOfFiveFindBugs(String bug, String violated)
      throws IOException, InterruptedException {
    Tlc.Report report = walks(ofFive().withBug(bug));

    report.print("5 acceptors: " + violated + " after " + report.states().size());
    assertEquals(Optional.of(violated), report.violated(), report::tail);
  }

  private static Model ofFive() throws IOException {
    return Model.of("MCSynod")
        .with("Replica", "{1, 2, 3, 4, 5}")
        .with("Crashing", "{1, 2, 3, 4, 5}")
        .with("Candidates", "{1, 2, 3}")
        .with("Learners", "{1, 2, 3}")
        .with("Truncating", "{1, 2}")
        .with("Slots", 3)
        .with("Ballots", 6)
        .with("MaxCrashes", 2)
        .with("Quorum1", 3)
        .with("Quorum2", 3);
  }

  /** They never end by themselves, and say once a minute how far they are. */
  private Tlc.Report walks(Model model) throws IOException, InterruptedException {
    return new Tlc(directory).with("-simulate", "-depth", "150", "-seed", "1").run(model, 65);
  }

  @ParameterizedTest
  @CsvSource({
    "acceptNotSynced, 2, 1, {}, SaidIsOnDisk",
    "promiseNotSynced, 2, 1, {}, SaidIsOnDisk",
    "noAdoption, 2, 0, {}, Durability",
    "lowestAdopted, 3, 0, {}, Durability",
    "smallQuorum, 2, 0, {}, AppliedIsChosen",
    "votesOfDifferentBallots, 3, 0, {}, AppliedIsChosen",
    "announcedAtAnyBallot, 3, 0, {}, AppliedIsChosen",
    "ballotReused, 2, 1, {}, NoBallotTwice",
    "knownChosenIgnored, 2, 0, {1}, Durability",
  })
  void eachBugBreaksSomething(
      String bug, int ballots, int crashes, String truncating, String violated)
      throws IOException, InterruptedException {
    Model model =
        Model.of("MCSynod")
            .withBug(bug)
            .with("Ballots", ballots)
            .with("MaxCrashes", crashes)
            .with("Truncating", truncating);

    Tlc.Report report = new Tlc(directory).run(model, MOST_SECONDS);

    report.print(violated + " after " + report.states().size());
    assertEquals(Optional.of(violated), report.violated(), report::tail);
  }

  /** What a crash makes of a disk that was not asked: two values in one slot. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "acceptNotSynced",
        "promiseNotSynced",
        "noAdoption",
        "smallQuorum",
        "ballotReused"
      })
  void eachEndsAgreement(String bug) throws IOException, InterruptedException {
    Model model = Model.of("MCSynod").withBug(bug).checking("Agreement");

    Tlc.Report report = new Tlc(directory).run(model, MOST_SECONDS);

    report.print("Agreement after " + report.states().size());
    assertEquals(Optional.of("Agreement"), report.violated(), report::tail);
  }

  @Test
  void quorumsThatDoNotMeetBreakAgreement() throws IOException, InterruptedException {
    Model model =
        Model.of("MCSynod")
            .named("quorums of 2 and 1")
            .with("Quorum2", 1)
            .with("MaxCrashes", 0)
            .checking("Agreement");

    Tlc.Report report = new Tlc(directory).run(model, MOST_SECONDS);

    report.print("Agreement after " + report.states().size());
    assertEquals(Optional.of("Agreement"), report.violated(), report::tail);
  }
}
