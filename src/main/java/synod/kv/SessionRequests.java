package synod.kv;

/**
 * Session requests as bytes: a byte for the kind, then
 *
 * <pre>
 *   1 open, 6 give up   time in ms (varint), most (varint)
 *   2 resume, 3 close   session (8 bytes)
 *   4 do                session (8 bytes), number (varint), number - answeredBelow (varint), kind of
 *                       the command (1 byte) and the command, as {@link Layouts} has them
 *   5 fate              session (8 bytes), number (varint)
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

  static void write(SessionRequest request, ByteSink to) {
    if (request instanceof SessionRequest.Open open) {
      limits(open.limits(), to.putByte(OPEN));
    } else if (request instanceof SessionRequest.Resume resume) {
      to.putByte(RESUME).putLong(resume.session());
    } else if (request instanceof SessionRequest.Close close) {
      to.putByte(CLOSE).putLong(close.session());
    } else if (request instanceof SessionRequest.Do once) {
      numbered(once.numbered(), to.putByte(DO));
    } else if (request instanceof SessionRequest.Fate fate) {
      to.putByte(FATE).putLong(fate.session()).varint(fate.number());
    } else if (request instanceof SessionRequest.GiveUp giveUp) {
      limits(giveUp.limits(), to.putByte(GIVE_UP));
    }
  }

  private static void limits(SessionLimits limits, ByteSink to) {
    to.varint(limits.timeMs()).varint(limits.most());
  }

  private static void numbered(Numbered numbered, ByteSink to) {
    Ticket ticket = numbered.ticket();
    to.putLong(ticket.session()).varint(ticket.number());
    to.varint(ticket.number() - ticket.answeredBelow());
    Layout<?> layout = Layouts.of(numbered.command());
    layout.write(numbered.command(), to.putByte(layout.kind()));
  }

  static SessionRequest read(ByteReader from) {
    int kind = from.readByte();
    try {
      return switch (kind) {
        case OPEN -> new SessionRequest.Open(limits(from));
        case RESUME -> new SessionRequest.Resume(from.readLong());
        case CLOSE -> new SessionRequest.Close(from.readLong());
        case DO -> new SessionRequest.Do(numbered(from));
        case FATE -> new SessionRequest.Fate(from.readLong(), from.readVarint());
        case GIVE_UP -> new SessionRequest.GiveUp(limits(from));
        default -> throw new Malformed("no kind of session request: " + kind);
      };
    } catch (IllegalArgumentException e) {
      throw new Malformed("no session request: " + e.getMessage());
    }
  }

  private static SessionLimits limits(ByteReader from) {
    long timeMs = from.readVarint();
    return new SessionLimits(timeMs, (int) Math.min(from.readVarint(), Integer.MAX_VALUE));
  }

  /** Refuses a request within a request before it reads on, however deep they are. */
  private static Numbered numbered(ByteReader from) {
    Ticket ticket = Commands.ticket(from);
    Layout<?> layout = Layouts.of(from.readByte());
    if (layout.type() == Command.InSession.class) {
      throw new Malformed("a session request within another");
    }
    return new Numbered(ticket, layout.reader().apply(from));
  }

  /** The same for every repeat of a command. */
  static long fingerprint(Command command) {
    return Mix.mix(0, Commands.encode(new Ticket(0, 1, 0), command));
  }
}
