package synod.link;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import synod.paxos.ReplicaId;

/**
 * What a connection begins with: who speaks, to whom, in which cluster.
 *
 * @param to whom the speaker takes the listener for
 * @param connection what both ends call this connection, in a trace; no other has that name
 */
record Greeting(String cluster, ReplicaId from, ReplicaId to, long connection) {
  /** Bytes of a greeting at most. */
  static final int LONGEST = 1024;

  private static final byte[] MAGIC = "SYNOD".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 2;
  private static final int NUMBERS = MAGIC.length + 1 + 2 * Integer.BYTES + Long.BYTES;

  void write(ByteBuf out) {
    byte[] name = cluster.getBytes(StandardCharsets.UTF_8);
    out.writeInt(NUMBERS + name.length);
    out.writeBytes(MAGIC).writeByte(VERSION);
    out.writeInt(from.number()).writeInt(to.number()).writeLong(connection);
    out.writeBytes(name);
  }

  /**
   * Reads what follows the length.
   *
   * @throws IllegalArgumentException if it is none, in words for a log
   */
  static Greeting read(ByteBuf in) {
    if (in.readableBytes() < MAGIC.length + 1 || !isMagic(in)) {
      throw new IllegalArgumentException("what connects is no replica of Synod");
    }
    int version = in.readByte();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "it speaks version " + version + " of the replicas' protocol, this one " + VERSION);
    }
    if (in.readableBytes() < NUMBERS - MAGIC.length - 1) {
      throw new IllegalArgumentException("a greeting that is cut short");
    }
    ReplicaId from = new ReplicaId(in.readInt());
    ReplicaId to = new ReplicaId(in.readInt());
    long connection = in.readLong();
    byte[] name = new byte[in.readableBytes()];
    in.readBytes(name);
    return new Greeting(new String(name, StandardCharsets.UTF_8), from, to, connection);
  }

  private static boolean isMagic(ByteBuf in) {
    byte[] begin = new byte[MAGIC.length];
    in.readBytes(begin);
    return Arrays.equals(begin, MAGIC);
  }
}
