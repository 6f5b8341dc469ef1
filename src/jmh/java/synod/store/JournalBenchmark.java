package synod.store;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import synod.paxos.Acceptance;
import synod.paxos.Ballot;
import synod.paxos.Batch;
import synod.paxos.Bytes;
import synod.paxos.Journal;
import synod.paxos.ReplicaId;

/**
 * What an acceptor's journal takes for a group of acceptances with one sync behind them, as the
 * outbox writes what has gathered. Without the sync the same bytes go to the system, so that only
 * the CPU is left.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class JournalBenchmark {
  private static final int COMMAND_BYTES = 100;

  /** Acceptances of one command each. */
  @Param({"1", "8", "64"})
  public int group;

  @Param({"true", "false"})
  public boolean sync;

  private final ReplicaId self = new ReplicaId(1);
  private final Ballot ballot = new Ballot(1, self);
  private Scratch scratch;
  private DataDirectory directory;
  private Journal journal;
  private Batch batch;
  private long slot;

  @Setup
  public void open() {
    scratch = new Scratch();
    directory =
        DataDirectory.open(
            scratch.path(),
            new DataDirectory.Owner("benchmark", self),
            new DataDirectory.Manner(sync, 0, why -> {}));
    journal = directory.journal();
    byte[] command = new byte[COMMAND_BYTES];
    new Random(1).nextBytes(command);
    batch = new Batch(1_700_000_000_000L, Bytes.of(command));
  }

  /** A log that is never truncated is in no replica. */
  @TearDown(Level.Iteration)
  public void truncate() {
    journal.truncate(slot);
    journal.sync();
  }

  @TearDown
  public void close() {
    directory.close();
    scratch.close();
  }

  @Benchmark
  public void acceptAndSync() {
    for (int i = 0; i < group; i++) {
      slot++;
      journal.accept(new Acceptance(slot, ballot, batch));
    }
    journal.sync();
  }
}
