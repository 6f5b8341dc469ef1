package synod.store;

import java.util.zip.CRC32C;
import synod.paxos.Bytes;

/**
 * Checks the files of a snapshot while somebody reads it piece by piece, at no cost but the sum.
 * State: how far the file is read in which it is, and the checksum so far. Of several readers it
 * follows the one that has begun a file last; what it misses of another, that one's own check
 * finds. Safe for any thread.
 */
final class ReadCheck {
  private final SnapshotFiles files;
  private final CRC32C crc = new CRC32C();
  private long next;

  ReadCheck(SnapshotFiles files) {
    this.files = files;
  }

  /** False if the piece is the last of a file whose bytes are not those of its checksum. */
  synchronized boolean passes(long offset, Bytes piece) {
    long start = files.head().size();
    for (SnapshotHeader.Part part : files.header().parts()) {
      if (offset >= start && offset < start + part.size()) {
        return passes(part, start, offset, piece);
      }
      start += part.size();
    }
    return true;
  }

  private boolean passes(SnapshotHeader.Part part, long start, long offset, Bytes piece) {
    if (offset == start) {
      crc.reset();
    } else if (offset != next) {
      return true;
    }
    crc.update(piece.array());
    next = offset + piece.size();
    return next < start + part.size() || (int) crc.getValue() == part.checksum();
  }
}
