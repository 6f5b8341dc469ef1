package synod.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients are promised: reads in {@code Reads.tla}, exactly once in {@code Sessions.tla}. */
class ClientsSpecIT {
  private static final long MOST_SECONDS = 300;

  private final Path directory;

  ClientsSpecIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @CsvSource({"Reads, 150000", "Sessions, 13000"})
  void allHolds(String module, long atLeast) throws IOException, InterruptedException {
    Tlc.Report report = new Tlc(directory).fast().run(Model.of(module), MOST_SECONDS);

    report.print("holds");
    assertTrue(report.isSound(), report::tail);
    assertTrue(report.distinct() >= atLeast, report::tail);
  }

  @ParameterizedTest
  @CsvSource({
    "Reads, unconfirmed, Linearizable",
    "Reads, beforeNoOp, Linearizable",
    "Reads, roundBegunBefore, Linearizable",
    "Reads, rodeOnAnOpenSlot, Linearizable",
    "Reads, readAtFollower, Linearizable",
    "Reads, anyRound, Linearizable",
    "Sessions, noDedup, OnceAtMost",
    "Sessions, retryAfterEnd, NothingAfterTheEnd",
    "Sessions, currentAnswer, OneAnswer",
    "Sessions, notSealed, OneAnswer",
    "Sessions, snapshotWithoutSessions, OnceAtMost",
  })
  void eachBugBreaksSomething(String module, String bug, String violated)
      throws IOException, InterruptedException {
    Tlc.Report report = new Tlc(directory).run(Model.of(module).withBug(bug), MOST_SECONDS);

    report.print(violated + " after " + report.states().size());
    assertEquals(Optional.of(violated), report.violated(), report::tail);
  }
}
