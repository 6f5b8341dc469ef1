package synod.door;

import io.netty.handler.codec.DecoderException;

/** The client's bytes are no RESP; where the next request begins cannot be known. */
final class ProtocolError extends DecoderException {
  private static final long serialVersionUID = 1;

  ProtocolError(String why) {
    super(why);
  }
}
