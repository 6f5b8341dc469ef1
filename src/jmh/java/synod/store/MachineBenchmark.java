package synod.store;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
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
import synod.kv.Answer;
import synod.kv.Command;
import synod.kv.Commands;
import synod.kv.Machine;
import synod.kv.Query;
import synod.kv.SessionId;
import synod.kv.StateStore;
import synod.kv.Ticket;
import synod.memory.MemoryState;
import synod.paxos.Batch;
import synod.paxos.Bytes;
import synod.paxos.ReplicaId;
import synod.paxos.Reply;

/**
 * What a replica's state machine takes to apply a slot of puts to keys that are there, and to read
 * one key: over a store in memory, and over the one on disk with few keys, whose records it still
 * has in memory, and with many, most of which it has to look up in RocksDB.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class MachineBenchmark {

  /** Where the state is, and how many keys it has. */
  public enum Place {
    MEMORY(1_000),
    DISK_FEW(1_000),
    DISK_MANY(100_000);

    private final int keys;

    Place(int keys) {
      this.keys = keys;
    }
  }

  /** A machine that holds all its keys, and commands for the slots that come next. */
  @State(Scope.Thread)
  public static class Filled {
    private static final int VALUE_BYTES = 100;
    private static final int AT_ONCE = 50;

    /** A prime, so that it comes to all keys, and one that leads far away from key to key. */
    private static final int STRIDE = 7_919;

    private static final long SESSION = new SessionId(new ReplicaId(1), 1).value();

    @Param public Place place;

    private final List<Bytes> keys = new ArrayList<>();
    private final Random random = new Random(1);
    private Scratch scratch;
    private DataDirectory directory;
    private Machine machine;
    private int at;
    private long number;

    @Setup
    public void fill() {
      scratch = new Scratch();
      directory =
          DataDirectory.open(
              scratch.path(), new DataDirectory.Owner("benchmark", new ReplicaId(1)));
      StateStore store = place == Place.MEMORY ? new MemoryState() : directory.state();
      machine = Machine.open(store);
      for (int key = 0; key < place.keys; key++) {
        keys.add(Bytes.utf8(String.format("key-%08d", key)));
      }
      for (int put = 0; put < place.keys; put += AT_ONCE) {
        apply(puts(AT_ONCE));
      }
    }

    @TearDown
    public void close() {
      directory.close();
      scratch.close();
    }

    List<Reply> apply(Batch batch) {
      return machine.apply(machine.applied() + 1, batch, false);
    }

    Answer get() {
      return machine.answer(new Query.Get(List.of(nextKey())));
    }

    /** Of one gateway, which has the answers to all that it sent before. */
    Batch puts(int count) {
      ByteArrayOutputStream payload = new ByteArrayOutputStream();
      long first = number + 1;
      for (int i = 0; i < count; i++) {
        number++;
        Command put = new Command.Put(List.of(new Command.Entry(nextKey(), value())));
        payload.writeBytes(Commands.encode(new Ticket(SESSION, number, first), put).array());
      }
      return new Batch(1, Bytes.of(payload.toByteArray()));
    }

    private Bytes nextKey() {
      at = (at + STRIDE) % keys.size();
      return keys.get(at);
    }

    private Bytes value() {
      byte[] value = new byte[VALUE_BYTES];
      random.nextBytes(value);
      return Bytes.of(value);
    }
  }

  /**
   * The slot that is applied next. No two are alike, since no command is applied twice, and
   * gateways encode them: so it is made anew outside of what is measured, though the clock that is
   * read for that adds some 50 ns.
   */
  @State(Scope.Thread)
  public static class Slot {
    @Param({"1", "16", "64"})
    public int puts;

    private Batch batch;

    @Setup(Level.Invocation)
    public void next(Filled filled) {
      batch = filled.puts(puts);
    }
  }

  @Benchmark
  public List<Reply> apply(Filled filled, Slot slot) {
    return filled.apply(slot.batch);
  }

  @Benchmark
  public Answer get(Filled filled) {
    return filled.get();
  }
}
