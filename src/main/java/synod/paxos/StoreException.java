package synod.paxos;

/**
 * What a {@link Journal} or a {@link StateMachine} throws when its disk fails it. A failed write or
 * sync is indeterminate, so nothing may go on from here: no retry and no restart, the process ends.
 */
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
