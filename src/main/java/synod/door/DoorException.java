package synod.door;

import java.net.BindException;

/** The door could not be opened. The message says where, why, and what to do. */
public final class DoorException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private DoorException(String message, Throwable cause) {
    super(message, cause);
  }

  static DoorException notOpened(DoorSettings settings, Throwable cause) {
    String todo =
        cause instanceof BindException
            ? "stop whoever listens there (ss -ltnp names it), or choose another host or port"
            : "choose a host that is an address of this machine, and a port that you may use";
    return new DoorException(
        String.format(
            "the door cannot open at %s port %d: %s; %s",
            settings.host(), settings.port(), cause.getMessage(), todo),
        cause);
  }
}
