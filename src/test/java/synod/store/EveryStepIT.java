package synod.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A {@link ShortRun} that is killed, or whose disk fails, at each of the calls that make something
 * durable or give something its name: what it said before stays true, and the next run goes on.
 * Each {@code steps.each}-th of the calls, from one that chance picks; with 1 all of them.
 */
class EveryStepIT {
  private static final int EACH = Integer.getInteger("steps.each", 20);

  private Path data;
  private Path other;
  private Strace strace;

  @BeforeEach
  void offer(@TempDir Path fresh) {
    String lacks = Strace.lacks();
    assumeTrue(lacks.isEmpty(), "no strace(1) to spoil what a process does: " + lacks);
    data = fresh.resolve("data");
    other = fresh.resolve("other");
    Offer.make(other);
    strace = new Strace(ShortRun.class, List.of(data.toString(), other.toString()), fresh);
  }

  @Test
  void killedAtAnyStepItHasLostNothingOfWhatItSaid() {
    List<Strace.Step> killedAt = new ArrayList<>();
    spoil(
        "signal=SIGKILL",
        (step, run) -> {
          assertTrue(run.exitCode() == 0 || run.spoiled());
          if (run.spoiled()) {
            killedAt.add(step);
          }
        });
    assertFalse(killedAt.isEmpty());
  }

  @Test
  void withAnErrorAtAnyStepItEndsWithTheReasonAndHasLostNothingOfWhatItSaid() {
    fails("EIO", "Input/output error");
  }

  @Test
  void withoutRoomAtAnyStepItEndsWithTheReasonAndHasLostNothingOfWhatItSaid() {
    fails("ENOSPC", "No space left on device");
  }

  private void fails(String error, String reason) {
    List<Strace.Step> endedAt = new ArrayList<>();
    spoil(
        "error=" + error,
        (step, run) -> {
          if (run.exitCode() == 1) {
            endedAt.add(step);
            assertTrue(run.said().stream().anyMatch(line -> isEnd(line, reason)));
            assertTrue(!isOfTheJournal(step) || onlyEnds(run.saidAfter()), "it went on to speak");
          } else {
            assertEquals(0, run.exitCode());
            assertTrue(!run.spoiled() || mayGoBy(step, run), "the error went by");
          }
        });
    assertFalse(endedAt.isEmpty());
  }

  /**
   * What RocksDB has under way behind the state while that is closed is done by the next process.
   */
  private boolean mayGoBy(Strace.Step step, Strace.Run run) {
    return step.mayFail() || (!isOfTheJournal(step) && run.saidAfter().isEmpty());
  }

  private static boolean isEnd(String line, String reason) {
    return line.startsWith("ended ") && line.contains(reason);
  }

  /** The state and snapshots are synced behind, while the replica votes on. */
  private boolean isOfTheJournal(Strace.Step step) {
    return step.path().startsWith(data.resolve("journal"))
        || step.path().getFileName().toString().startsWith("fence");
  }

  private static boolean onlyEnds(List<String> words) {
    return words.stream().allMatch("ended"::equals);
  }

  /** Each time on a new directory. */
  private void spoil(String how, BiConsumer<Strace.Step, Strace.Run> check) {
    List<Strace.Step> all = strace.steps(data);
    Directories.delete(data);
    int first = ThreadLocalRandom.current().nextInt(EACH);
    for (int i = first; i < all.size(); i += EACH) {
      Strace.Step step = all.get(i);
      Strace.Run run = strace.runWith(how, step);
      try {
        check.accept(step, run);
        Aftermath.check(data, Offer.in(other), run.said());
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(how + " at " + step + ": " + run + ": " + e.getMessage(), e);
      }
      Directories.delete(data);
    }
  }
}
