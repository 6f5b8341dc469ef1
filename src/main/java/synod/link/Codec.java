package synod.link;

import synod.paxos.Message;

/** A message as bytes. */
public interface Codec {
  byte[] encode(Message message);

  /**
   * The message that these bytes are.
   *
   * @throws RuntimeException if they are none
   */
  Message decode(byte[] bytes);
}
