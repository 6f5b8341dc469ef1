package synod.replica;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;
import synod.paxos.Ballot;
import synod.paxos.Batch;
import synod.paxos.Bytes;
import synod.paxos.Message;
import synod.paxos.ReplicaId;

/**
 * The messages of which there are many, field by field: a byte for the kind, and then the fields of
 * the record in their order (but for an accept: whether it presses comes first), numbers with the
 * highest byte first, bytes behind their length. They were a tenth of what a put cost as CBOR, with
 * every name spelt out.
 */
final class ShortForms {
  /** CBOR begins none of its arrays with any of these. */
  private static final int ACCEPT = 1;

  private static final int ACCEPTED = 2;
  private static final int CHOSEN = 3;
  private static final int SUBMIT = 4;
  private static final int READ = 5;
  private static final int READ_INDEX = 6;
  private static final int CONFIRM = 7;
  private static final int CONFIRMED = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private static final int BALLOT = Long.BYTES + Integer.BYTES;

  private ShortForms() {}

  /** Nothing for a message that has no short form. */
  static Optional<byte[]> encode(Message message) {
    if (message instanceof Message.Accept accept) {
      Bytes commands = accept.batch().commands();
      ByteBuffer to = begin(ACCEPT, 1 + BALLOT + 3 * Long.BYTES + Integer.BYTES + commands.size());
      to.put((byte) (accept.pressing() ? 1 : 0));
      put(to, accept.ballot()).putLong(accept.slot()).putLong(accept.chosen());
      return done(put(to.putLong(accept.batch().time()), commands));
    }
    if (message instanceof Message.Accepted accepted) {
      return done(ballotAndNumber(ACCEPTED, accepted.ballot(), accepted.slot()));
    }
    if (message instanceof Message.Submit submit) {
      Bytes commands = submit.commands();
      return done(put(begin(SUBMIT, Integer.BYTES + commands.size()), commands));
    }
    if (message instanceof Message.Chosen chosen) {
      return done(ballotAndNumber(CHOSEN, chosen.ballot(), chosen.chosen()));
    }
    return ofReads(message);
  }

  private static Optional<byte[]> ofReads(Message message) {
    if (message instanceof Message.Read read) {
      return done(begin(READ, Long.BYTES).putLong(read.id()));
    }
    if (message instanceof Message.ReadIndex index) {
      return done(begin(READ_INDEX, 2 * Long.BYTES).putLong(index.id()).putLong(index.slot()));
    }
    if (message instanceof Message.Confirm confirm) {
      return done(ballotAndNumber(CONFIRM, confirm.ballot(), confirm.round()));
    }
    if (message instanceof Message.Confirmed confirmed) {
      ByteBuffer to = begin(CONFIRMED, BALLOT + 2 * Long.BYTES);
      put(to, confirmed.ballot()).putLong(confirmed.round()).putLong(confirmed.leaseMs());
      return done(to);
    }
    if (message instanceof Message.Ping ping) {
      return done(begin(PING, Long.BYTES).putLong(ping.at()));
    }
    return message instanceof Message.Pong pong
        ? done(begin(PONG, Long.BYTES).putLong(pong.at()))
        : Optional.empty();
  }

  private static ByteBuffer ballotAndNumber(int kind, Ballot ballot, long number) {
    return put(begin(kind, BALLOT + Long.BYTES), ballot).putLong(number);
  }

  private static ByteBuffer begin(int kind, int size) {
    return ByteBuffer.allocate(1 + size).put((byte) kind);
  }

  private static ByteBuffer put(ByteBuffer to, Ballot ballot) {
    return to.putLong(ballot.round()).putInt(ballot.replica().number());
  }

  private static ByteBuffer put(ByteBuffer to, Bytes bytes) {
    return to.putInt(bytes.size()).put(bytes.array());
  }

  @SuppressWarnings("ByteBufferBackingArray") // begin() has allocated it
  private static Optional<byte[]> done(ByteBuffer to) {
    return Optional.of(to.array());
  }

  /**
   * Nothing for what is no short form.
   *
   * @throws IllegalArgumentException if it begins as one and is none
   */
  static Optional<Message> decode(byte[] bytes) {
    if (bytes.length == 0 || bytes[0] < ACCEPT || bytes[0] > PONG) {
      return Optional.empty();
    }
    ByteBuffer from = ByteBuffer.wrap(bytes);
    try {
      Message message = decode(from.get(), from);
      if (from.hasRemaining()) {
        throw new IllegalArgumentException(from.remaining() + " bytes too many");
      }
      return Optional.of(message);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("cut short", e);
    }
  }

  private static Message decode(int kind, ByteBuffer from) {
    return switch (kind) {
      case ACCEPT -> accept(flag(from), ballot(from), from.getLong(), from);
      case ACCEPTED -> new Message.Accepted(ballot(from), from.getLong());
      case CHOSEN -> new Message.Chosen(ballot(from), from.getLong());
      case SUBMIT -> new Message.Submit(bytes(from));
      case READ -> new Message.Read(from.getLong());
      case READ_INDEX -> new Message.ReadIndex(from.getLong(), from.getLong());
      case CONFIRM -> new Message.Confirm(ballot(from), from.getLong());
      case CONFIRMED -> new Message.Confirmed(ballot(from), from.getLong(), from.getLong());
      case PING -> new Message.Ping(from.getLong());
      case PONG -> new Message.Pong(from.getLong());
      default -> throw new IllegalArgumentException("no kind of message: " + kind);
    };
  }

  private static Message accept(boolean pressing, Ballot ballot, long slot, ByteBuffer from) {
    long chosen = from.getLong();
    Batch batch = new Batch(from.getLong(), bytes(from));
    return new Message.Accept(ballot, slot, batch, chosen, pressing);
  }

  private static boolean flag(ByteBuffer from) {
    int flag = from.get();
    if (flag != 0 && flag != 1) {
      throw new IllegalArgumentException("neither yes nor no: " + flag);
    }
    return flag == 1;
  }

  private static Ballot ballot(ByteBuffer from) {
    return new Ballot(from.getLong(), new ReplicaId(from.getInt()));
  }

  /** Never believes a length that does not fit. */
  private static Bytes bytes(ByteBuffer from) {
    int size = from.getInt();
    if (size != from.remaining()) {
      throw new IllegalArgumentException(size + " bytes announced, not " + from.remaining());
    }
    byte[] bytes = new byte[size];
    from.get(bytes);
    return Bytes.of(bytes);
  }
}
