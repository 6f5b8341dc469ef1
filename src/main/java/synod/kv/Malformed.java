package synod.kv;

/** Bytes that are no encoding of what they should be. */
public final class Malformed extends RuntimeException {
  private static final long serialVersionUID = 1;

  Malformed(String message) {
    super(message);
  }
}
