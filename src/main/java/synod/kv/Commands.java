package synod.kv;

import java.util.ArrayList;
import java.util.List;
import synod.paxos.Bytes;

/**
 * Commands as bytes. Each encoding bears its own length, so a batch's payload is a row of them and
 * payloads are joined by joining bytes: whoever proposes never decodes.
 *
 * <pre>
 *   length   varint   of all that follows
 *   kind     1 byte   1 put, 2 delete; another layout of the same command gets another kind
 *   session  8 bytes
 *   number   varint
 *   open     varint   number - answeredBelow
 *   count    varint   entries or keys
 *   entries           key, value, key, value, ... or key, key, ...; each a varint length and bytes
 *   request           kind 100, instead of count and entries: see {@link SessionRequests}
 * </pre>
 */
public final class Commands {
  private static final int PUT = 1;
  private static final int DELETE = 2;
  private static final int IN_SESSION = 100;

  private Commands() {}

  public static Bytes encode(Ticket ticket, Command command) {
    int size = size(ticket, command);
    ByteWriter to = new ByteWriter(Math.addExact(ByteWriter.varintSize(size), size));
    to.varint(size).putByte(kind(command));
    to.putLong(ticket.session()).varint(ticket.number());
    to.varint(ticket.number() - ticket.answeredBelow());
    if (command instanceof Command.InSession inSession) {
      to.raw(SessionRequests.encode(inSession.request()));
    } else if (command instanceof Command.Put put) {
      to.varint(put.entries().size());
      put.entries().forEach(entry -> to.bytes(entry.key()).bytes(entry.value()));
    } else if (command instanceof Command.Delete delete) {
      to.varint(delete.keys().size());
      delete.keys().forEach(to::bytes);
    }
    return to.done();
  }

  private static int kind(Command command) {
    if (command instanceof Command.InSession) {
      return IN_SESSION;
    }
    return command instanceof Command.Put ? PUT : DELETE;
  }

  /** Bytes that {@link #encode} makes. */
  static int encodedSize(Ticket ticket, Command command) {
    int size = size(ticket, command);
    return ByteWriter.varintSize(size) + size;
  }

  /**
   * All commands of a payload, in order.
   *
   * @throws Malformed if it is not a row of encodings, whole and nothing else
   */
  public static List<Numbered> decode(Bytes payload) {
    List<Numbered> commands = new ArrayList<>();
    ByteReader from = ByteReader.of(payload);
    while (!from.atEnd()) {
      commands.add(next(from));
    }
    return commands;
  }

  /**
   * How many commands a payload holds, told from their lengths alone.
   *
   * @throws Malformed if the lengths do not add up
   */
  public static int count(Bytes payload) {
    ByteReader from = ByteReader.of(payload);
    int count = 0;
    while (!from.atEnd()) {
      from.readPart();
      count++;
    }
    return count;
  }

  /**
   * A line for a person, of at most about {@code width} characters: {@code put a=1, delete b}. A
   * no-op is {@code no-op}.
   *
   * @throws Malformed if it is no payload
   */
  public static String text(Bytes payload, int width) {
    return CommandText.of(payload, width);
  }

  /** The next command of a batch: every one is a gateway's. */
  static Numbered next(ByteReader batch) {
    ByteReader from = batch.readPart();
    Numbered numbered = numbered(from.readByte(), from);
    if (!SessionId.isGateways(numbered.ticket().session())) {
      throw new Malformed("not of a gateway: session " + numbered.ticket().session());
    }
    return numbered;
  }

  /** A command of the store with the ticket of any session; never one within another. */
  static Numbered ofStore(ByteReader batch) {
    ByteReader from = batch.readPart();
    int kind = from.readByte();
    if (kind == IN_SESSION) {
      throw new Malformed("a command of a session within another");
    }
    return numbered(kind, from);
  }

  private static Numbered numbered(int kind, ByteReader from) {
    Ticket ticket = ticket(from);
    Numbered numbered = new Numbered(ticket, command(kind, from));
    from.expectEnd();
    return numbered;
  }

  private static Ticket ticket(ByteReader from) {
    long session = from.readLong();
    long number = from.readVarint();
    long open = from.readVarint();
    try {
      return new Ticket(session, number, number - open);
    } catch (IllegalArgumentException e) {
      throw new Malformed("no ticket: " + e.getMessage());
    }
  }

  private static Command command(int kind, ByteReader from) {
    return switch (kind) {
      case PUT -> {
        int count = from.readCount(2);
        List<Command.Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
          entries.add(new Command.Entry(from.readBytes(), from.readBytes()));
        }
        yield new Command.Put(entries);
      }
      case DELETE -> {
        int count = from.readCount(1);
        List<Bytes> keys = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
          keys.add(from.readBytes());
        }
        yield new Command.Delete(keys);
      }
      case IN_SESSION -> new Command.InSession(SessionRequests.decode(from));
      default -> throw new Malformed("no kind of command: " + kind);
    };
  }

  private static int size(Ticket ticket, Command command) {
    return 1
        + Long.BYTES
        + ByteWriter.varintSize(ticket.number())
        + ByteWriter.varintSize(ticket.number() - ticket.answeredBelow())
        + size(command);
  }

  /** Bytes that the entries or keys of a command take. */
  static int size(Command command) {
    long size = 0;
    if (command instanceof Command.InSession inSession) {
      size += SessionRequests.size(inSession.request());
    } else if (command instanceof Command.Put put) {
      size += ByteWriter.varintSize(put.entries().size());
      for (Command.Entry entry : put.entries()) {
        size += ByteWriter.bytesSize(entry.key());
        size += ByteWriter.bytesSize(entry.value());
      }
    } else if (command instanceof Command.Delete delete) {
      size += ByteWriter.varintSize(delete.keys().size());
      for (Bytes key : delete.keys()) {
        size += ByteWriter.bytesSize(key);
      }
    }
    return Math.toIntExact(size);
  }
}
