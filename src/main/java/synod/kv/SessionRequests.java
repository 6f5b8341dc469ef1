package synod.kv;

import synod.paxos.Bytes;

/**
 * Session requests as bytes: a byte for the kind, then
 *
 * <pre>
 *   open, give up   time in ms (varint), most (varint)
 *   resume, close   session (8 bytes)
 *   do              the command with its own ticket, as a batch has it
 *   fate            session (8 bytes), number (varint)
 * </pre>
 */
final class SessionRequests {
  private static final int OPEN = 1;
  private static final int RESUME = 2;
  private static final int CLOSE = 3;
  private static final int DO = 4;
  private static final int FATE = 5;
  private static final int GIVE_UP = 6;

  private SessionRequests() {}

  /** Bytes that {@link #encode} makes. */
  static int size(SessionRequest request) {
    return request instanceof SessionRequest.Do once
        ? 1 + Commands.encodedSize(once.numbered().ticket(), once.numbered().command())
        : encode(request).size();
  }

  static Bytes encode(SessionRequest request) {
    if (request instanceof SessionRequest.Do once) {
      Bytes command = Commands.encode(once.numbered().ticket(), once.numbered().command());
      return new ByteWriter(1 + command.size()).putByte(DO).raw(command).done();
    }
    if (request instanceof SessionRequest.Open open) {
      return limits(OPEN, open.limits());
    }
    if (request instanceof SessionRequest.GiveUp giveUp) {
      return limits(GIVE_UP, giveUp.limits());
    }
    if (request instanceof SessionRequest.Fate fate) {
      int size = 1 + Long.BYTES + ByteWriter.varintSize(fate.number());
      ByteWriter to = new ByteWriter(size).putByte(FATE).putLong(fate.session());
      return to.varint(fate.number()).done();
    }
    return request instanceof SessionRequest.Resume resume
        ? session(RESUME, resume.session())
        : session(CLOSE, ((SessionRequest.Close) request).session());
  }

  private static Bytes limits(int kind, SessionLimits limits) {
    int size = 1 + ByteWriter.varintSize(limits.timeMs()) + ByteWriter.varintSize(limits.most());
    ByteWriter to = new ByteWriter(size).putByte(kind).varint(limits.timeMs());
    return to.varint(limits.most()).done();
  }

  private static Bytes session(int kind, long session) {
    return new ByteWriter(1 + Long.BYTES).putByte(kind).putLong(session).done();
  }

  static SessionRequest decode(ByteReader from) {
    int kind = from.readByte();
    try {
      return switch (kind) {
        case OPEN -> new SessionRequest.Open(limits(from));
        case RESUME -> new SessionRequest.Resume(from.readLong());
        case CLOSE -> new SessionRequest.Close(from.readLong());
        case DO -> new SessionRequest.Do(Commands.ofStore(from));
        case FATE -> new SessionRequest.Fate(from.readLong(), from.readVarint());
        case GIVE_UP -> new SessionRequest.GiveUp(limits(from));
        default -> throw new Malformed("no kind of session request: " + kind);
      };
    } catch (IllegalArgumentException e) {
      throw new Malformed("no session request: " + e.getMessage());
    }
  }

  private static SessionLimits limits(ByteReader from) {
    return new SessionLimits(
        from.readVarint(), (int) Math.min(from.readVarint(), Integer.MAX_VALUE));
  }
}
