package synod.paxos;

import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the protocol alone takes of all five replicas together, from a submit until the leader has
 * applied: five proposers, acceptors and learners with journals in memory, in one thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class ChosenBenchmark {
  private static final int COMMAND_BYTES = 100;

  @Param({"1", "16", "64"})
  public int commands;

  private final OneThread replicas = new OneThread(5);
  private Message.Submit together;
  private Message.Submit[] apart;

  @Setup
  public void submits() {
    together = new Message.Submit(Bytes.of(new byte[commands * COMMAND_BYTES]));
    Message.Submit one = new Message.Submit(Bytes.of(new byte[COMMAND_BYTES]));
    apart = Collections.nCopies(commands, one).toArray(Message.Submit[]::new);
  }

  /** As many as one gateway has: they fill one slot. */
  @Benchmark
  public long oneSubmit() {
    return replicas.submit(together);
  }

  /** Each from a gateway of its own, all at once: the proposer fills as many slots as it likes. */
  @Benchmark
  public long manySubmits() {
    return replicas.submit(apart);
  }
}
