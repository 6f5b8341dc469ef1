package synod.link;

/** The port for the other replicas cannot be opened. */
public final class LinkException extends RuntimeException {
  private static final long serialVersionUID = 1;

  LinkException(String message, Throwable cause) {
    super(message, cause);
  }
}
