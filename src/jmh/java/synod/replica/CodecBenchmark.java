package synod.replica;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.util.Random;
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
import synod.paxos.Ballot;
import synod.paxos.Batch;
import synod.paxos.Bytes;
import synod.paxos.Message;
import synod.paxos.ReplicaId;

/**
 * What a message costs on its way to the bytes that a link sends, and back, for the messages of a
 * put: in the short form in which they go, and in the CBOR of all others.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class CodecBenchmark {
  private static final int COMMAND_BYTES = 100;
  private static final Ballot BALLOT = new Ballot(7, new ReplicaId(4));
  private static final long SLOT = 1_000_000;

  /** The commands in a message are one string of bytes, which no codec looks into. */
  public enum Sample {
    SUBMIT,
    ACCEPT_1,
    ACCEPT_16,
    ACCEPT_64,
    ACCEPTED,
    CHOSEN
  }

  @Param public Sample message;

  private final WireCodec codec = new WireCodec();
  private final ObjectMapper mapper = CBORMapper.builder().addModule(new WireModule()).build();
  private Message sent;
  private byte[] shortForm;
  private byte[] cbor;

  @Setup
  public void encodeOnce() throws IOException {
    sent = sample();
    shortForm = codec.encode(sent);
    cbor = encodeCbor();
  }

  @Benchmark
  public byte[] encode() {
    return codec.encode(sent);
  }

  @Benchmark
  public Message decode() {
    return codec.decode(shortForm);
  }

  @Benchmark
  public byte[] encodeCbor() throws IOException {
    return mapper.writerFor(Message.class).writeValueAsBytes(sent);
  }

  /** The codec takes what begins as no short form for CBOR. */
  @Benchmark
  public Message decodeCbor() {
    return codec.decode(cbor);
  }

  private Message sample() {
    return switch (message) {
      case SUBMIT -> new Message.Submit(commands(1));
      case ACCEPT_1 -> accept(1);
      case ACCEPT_16 -> accept(16);
      case ACCEPT_64 -> accept(64);
      case ACCEPTED -> new Message.Accepted(BALLOT, SLOT);
      case CHOSEN -> new Message.Chosen(BALLOT, SLOT);
    };
  }

  private static Message accept(int commands) {
    Batch batch = new Batch(1_700_000_000_000L, commands(commands));
    return new Message.Accept(BALLOT, SLOT, batch, SLOT - 1);
  }

  private static Bytes commands(int count) {
    byte[] bytes = new byte[count * COMMAND_BYTES];
    new Random(1).nextBytes(bytes);
    return Bytes.of(bytes);
  }
}
