package synod.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the disk alone takes to append a few bytes to a file and to sync them: below that no journal
 * can get.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class DiskBenchmark {
  private static final int BYTES = 150;

  private final ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES);
  private Scratch scratch;
  private FileChannel file;

  @Setup
  public void open() throws IOException {
    scratch = new Scratch();
    file =
        FileChannel.open(
            scratch.path().resolve("file"),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.APPEND);
  }

  @TearDown
  public void close() throws IOException {
    file.close();
    scratch.close();
  }

  @Benchmark
  public void appendAndSync() throws IOException {
    file.write(bytes.rewind());
    file.force(false);
  }
}
