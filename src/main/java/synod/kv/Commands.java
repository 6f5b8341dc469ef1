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
 *   kind     1 byte   which layout the command has
 *   session  8 bytes
 *   number   varint
 *   open     varint   number - answeredBelow
 *   command           as {@link Layouts} has it for this kind
 * </pre>
 */
public final class Commands {
  private Commands() {}

  public static Bytes encode(Ticket ticket, Command command) {
    int size = size(ticket, command);
    ByteWriter to = new ByteWriter(Math.addExact(ByteWriter.varintSize(size), size));
    Layout<?> layout = Layouts.of(command);
    to.varint(size).putByte(layout.kind());
    to.putLong(ticket.session()).varint(ticket.number());
    to.varint(ticket.number() - ticket.answeredBelow());
    layout.write(command, to);
    return to.done();
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
   * Which commands a payload holds, in order, told from their tickets alone.
   *
   * @throws Malformed if it is not a row of what begins as an encoding does
   */
  public static List<CommandRange> ranges(Bytes payload) {
    List<CommandRange> ranges = new ArrayList<>();
    ByteReader from = ByteReader.of(payload);
    while (!from.atEnd()) {
      ByteReader command = from.readPart();
      command.readByte();
      add(ticketOfGateway(command), ranges);
    }
    return ranges;
  }

  private static void add(Ticket ticket, List<CommandRange> ranges) {
    int last = ranges.size() - 1;
    if (last >= 0 && ranges.get(last).isFollowedBy(ticket)) {
      ranges.set(last, ranges.get(last).upTo(ticket));
    } else {
      ranges.add(CommandRange.of(ticket));
    }
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
    Layout<?> layout = Layouts.of(from.readByte());
    Ticket ticket = ticketOfGateway(from);
    Numbered numbered = new Numbered(ticket, layout.reader().apply(from));
    from.expectEnd();
    return numbered;
  }

  private static Ticket ticketOfGateway(ByteReader from) {
    Ticket ticket = ticket(from);
    if (!SessionId.isGateways(ticket.session())) {
      throw new Malformed("not of a gateway: session " + ticket.session());
    }
    return ticket;
  }

  static Ticket ticket(ByteReader from) {
    long session = from.readLong();
    long number = from.readVarint();
    long open = from.readVarint();
    try {
      return new Ticket(session, number, number - open);
    } catch (IllegalArgumentException e) {
      throw new Malformed("no ticket: " + e.getMessage());
    }
  }

  private static int size(Ticket ticket, Command command) {
    int head = 1 + Long.BYTES;
    head += ByteWriter.varintSize(ticket.number());
    head += ByteWriter.varintSize(ticket.number() - ticket.answeredBelow());
    return Math.addExact(head, size(command));
  }

  /** Bytes that a command takes behind its ticket. */
  static int size(Command command) {
    ByteSink.Counter counter = new ByteSink.Counter();
    Layouts.of(command).write(command, counter);
    return counter.size();
  }
}
