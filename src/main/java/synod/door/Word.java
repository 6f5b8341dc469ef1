package synod.door;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import synod.paxos.Bytes;

/**
 * One argument while it comes in. Its array grows with what has come, not with what is announced: a
 * thousand connections that announce a megabyte each and send nothing cost nothing.
 */
final class Word {
  private static final int FIRST = 16 * 1024;
  private static final byte[] EMPTY = {};

  private byte[] array = EMPTY;
  private int length;
  private int filled;
  private boolean kept;

  /** {@code kept}: whether to remember its bytes. */
  void begin(int announced, boolean keep) {
    length = announced;
    kept = keep;
    filled = 0;
    array = keep ? new byte[Math.min(announced, FIRST)] : EMPTY;
  }

  /** Bytes of memory that it will take once so many more have come. */
  int sizeWith(int more) {
    return kept && filled + more > array.length ? grown(more) : array.length;
  }

  private int grown(int more) {
    return Math.min(length, Math.max(filled + more, 2 * array.length));
  }

  /** Forgets what has come of it and what will. */
  void forget() {
    kept = false;
    array = EMPTY;
  }

  void add(ByteBuf content) {
    if (kept) {
      int more = content.readableBytes();
      if (filled + more > array.length) {
        array = Arrays.copyOf(array, grown(more));
      }
      content.readBytes(array, filled, more);
      filled += more;
    }
  }

  Bytes end() {
    Bytes read = Bytes.of(array);
    array = EMPTY;
    return read;
  }
}
