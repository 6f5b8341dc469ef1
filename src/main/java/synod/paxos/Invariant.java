package synod.paxos;

import com.google.errorprone.annotations.FormatMethod;

/**
 * Assertions of the protocol. They are always on: it is better to end a process in order than to go
 * on wrong.
 */
public final class Invariant {
  private Invariant() {}

  /** Thrown when an assertion of the protocol does not hold. No supervisor may restart past it. */
  public static final class Violation extends Error {
    private static final long serialVersionUID = 1;

    Violation(String message) {
      super(message);
    }
  }

  @FormatMethod
  public static void check(boolean holds, String message, Object... arguments) {
    if (!holds) {
      throw new Violation(String.format(message, arguments));
    }
  }
}
