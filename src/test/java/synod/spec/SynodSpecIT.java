package synod.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The consensus in {@code Synod.tla}: what holds of it, and what does not hold of its bugs. */
class SynodSpecIT {
  private static final long MOST_SECONDS = 600;

  private final Path directory;

  SynodSpecIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @CsvSource({
    "1 slot 2 ballots 1 crash, 1, 2, 1, {}, 30000",
    "1 slot 3 ballots, 1, 3, 0, {}, 30000",
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

  @ParameterizedTest
  @CsvSource({
    "acceptNotSynced, 3, 1, SaidIsOnDisk",
    "promiseNotSynced, 2, 1, SaidIsOnDisk",
    "noAdoption, 3, 0, Durability",
    "lowestAdopted, 3, 0, Durability",
    "smallQuorum, 2, 0, AppliedIsChosen",
    "votesOfDifferentBallots, 3, 0, AppliedIsChosen",
    "announcedAtAnyBallot, 3, 0, AppliedIsChosen",
    "ballotReused, 2, 1, NoBallotTwice",
  })
  void eachBugBreaksSomething(String bug, int ballots, int crashes, String violated)
      throws IOException, InterruptedException {
    Model model =
        Model.of("MCSynod").withBug(bug).with("Ballots", ballots).with("MaxCrashes", crashes);

    Tlc.Report report = new Tlc(directory).run(model, MOST_SECONDS);

    report.print(violated + " after " + report.states().size());
    assertEquals(Optional.of(violated), report.violated(), report::tail);
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
