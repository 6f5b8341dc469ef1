package synod.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import synod.memory.MemorySnapshots;
import synod.paxos.Batch;
import synod.paxos.Bytes;

/** All batches so far as one string of bytes: the snapshot of a state that a test can look into. */
public final class Batches {
  private static final int HEADER = Long.BYTES + Integer.BYTES;

  private Batches() {}

  /** The snapshot of a state to which these have been applied. */
  public static MemorySnapshots.Made made(List<Batch> applied) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Batch batch : applied) {
      int size = batch.commands().size();
      out.writeBytes(ByteBuffer.allocate(HEADER).putLong(batch.time()).putInt(size).array());
      out.writeBytes(batch.commands().array());
    }
    return new MemorySnapshots.Made(applied.size(), Bytes.of(out.toByteArray()));
  }

  public static List<Batch> of(MemorySnapshots.Made made) {
    List<Batch> batches = new ArrayList<>();
    ByteBuffer from = ByteBuffer.wrap(made.bytes().array());
    while (from.hasRemaining()) {
      long time = from.getLong();
      byte[] commands = new byte[from.getInt()];
      from.get(commands);
      batches.add(new Batch(time, Bytes.of(commands)));
    }
    return batches;
  }
}
