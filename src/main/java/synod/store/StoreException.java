package synod.store;

import java.nio.file.Path;

/**
 * A data directory that cannot be used, or not any more. It is final: what was being written may be
 * there after a restart or may not, so there is no retry, and the process ends.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreException(String message) {
    super(message);
  }

  StoreException(String doing, Path where, Throwable cause) {
    super("cannot " + doing + " " + where + ": " + cause.getMessage(), cause);
  }
}
