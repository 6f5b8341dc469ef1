package synod.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import synod.paxos.StoreException;

/**
 * Looks through the logs of a database before RocksDB does, for what RocksDB 10.10 does not
 * survive: over a record whose type says that its file was used before, it goes round for ever, and
 * no log of ours is such. All else, checksums above all, is left to it.
 *
 * <p>A log is blocks of 32 KiB; a record is a checksum (4 bytes), a length (2, the lowest byte
 * first), a type (1) and that many bytes, and none reaches over the end of its block.
 */
final class LogCheck {
  private static final int BLOCK = 32 << 10;
  private static final int HEADER = 7;
  private static final int ZERO = 0;
  private static final int LAST = 4;

  private LogCheck() {}

  static void check(Path database) {
    if (!Files.exists(database)) {
      return;
    }
    try (Stream<Path> files = Files.list(database)) {
      for (Path log : files.filter(file -> file.toString().endsWith(".log")).sorted().toList()) {
        checkLog(log);
      }
    } catch (IOException e) {
      throw Failure.to("read", database, e);
    }
  }

  private static void checkLog(Path log) throws IOException {
    try (InputStream from = Files.newInputStream(log)) {
      byte[] block = from.readNBytes(BLOCK);
      for (long start = 0; block.length > 0; start += BLOCK) {
        int bad = badType(ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN));
        if (bad >= 0) {
          throw new StoreException(
              "cannot open %s: Corruption: no record of a log begins as that at %d of %s"
                  .formatted(log.getParent(), start + bad, log.getFileName()));
        }
        block = from.readNBytes(BLOCK);
      }
    }
  }

  /** Where the first record of a strange type begins, or -1. */
  private static int badType(ByteBuffer block) {
    int at = 0;
    while (at + HEADER <= block.limit()) {
      int type = Byte.toUnsignedInt(block.get(at + HEADER - 1));
      if (type > LAST) {
        return at;
      }
      if (type == ZERO) {
        return -1;
      }
      at += HEADER + Short.toUnsignedInt(block.getShort(at + Integer.BYTES));
    }
    return -1;
  }
}
