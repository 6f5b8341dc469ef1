package synod.store;

import java.nio.file.Path;
import synod.paxos.StoreException;

/** Words for what a disk did to us. */
final class Failure {
  private Failure() {}

  /** Says what was being done where, and why it failed. */
  static StoreException to(String doing, Path where, Throwable cause) {
    return new StoreException("cannot " + doing + " " + where + ": " + cause.getMessage(), cause);
  }
}
