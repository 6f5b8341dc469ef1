package synod.store;

import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import synod.paxos.StoreException;

/** Words for what a disk did to us. */
final class Failure {
  private Failure() {}

  /** Says what was being done where, and why it failed. */
  static StoreException to(String doing, Path where, Throwable cause) {
    return new StoreException("cannot " + doing + " " + where + ": " + reason(cause), cause);
  }

  /** RocksDB's own words leave out that a checksum mismatch is a corruption. */
  private static String reason(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return cause instanceof RocksDBException e && e.getStatus() != null
        ? e.getStatus().getCodeString() + ": " + message
        : message;
  }
}
