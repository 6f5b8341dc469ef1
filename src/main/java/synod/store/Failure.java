package synod.store;

import java.nio.file.FileSystemException;
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

  /**
   * RocksDB's own words leave out that a checksum mismatch is a corruption; a file system's name
   * the file once more.
   */
  private static String reason(Throwable cause) {
    if (cause instanceof FileSystemException e && e.getReason() != null) {
      return e.getReason();
    }
    String message = String.valueOf(cause.getMessage());
    return cause instanceof RocksDBException e && e.getStatus() != null
        ? e.getStatus().getCodeString() + ": " + message
        : message;
  }
}
