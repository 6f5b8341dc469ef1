package synod.kv;

import java.nio.charset.StandardCharsets;
import java.util.List;
import synod.paxos.Bytes;

/** Commands as a person reads them in the log: shortened, and on one line whatever the bytes. */
final class CommandText {
  private static final int LONGEST = 24;

  private final StringBuilder text = new StringBuilder();
  private final int width;

  private CommandText(int width) {
    this.width = width;
  }

  static String of(Bytes payload, int width) {
    CommandText line = new CommandText(width);
    ByteReader from = ByteReader.of(payload);
    while (!from.atEnd() && line.hasRoom()) {
      line.text.append(line.text.length() == 0 ? "" : ", ");
      line.add(Commands.next(from).command());
    }
    return payload.size() == 0 ? "no-op" : line.end();
  }

  /** Until it is too long by what shows that there is more: the rest need not be looked at. */
  private boolean hasRoom() {
    return text.length() <= width;
  }

  private void add(Command command) {
    if (command instanceof Command.Put put) {
      entries("put", put.entries());
    } else if (command instanceof Command.PutNew put) {
      entries("put-new", put.entries());
    } else if (command instanceof Command.Delete delete) {
      text.append("delete");
      delete.keys().forEach(key -> word(shortened(key)));
    } else {
      addOfOneKey(command);
    }
  }

  private void addOfOneKey(Command command) {
    if (command instanceof Command.Set set) {
      entries("set", List.of(set.entry()));
      word(guard(set.guard()) + lifetime(set.lifetime()));
    } else if (command instanceof Command.Add add) {
      key("add", add.key()).word(Long.toString(add.amount()));
    } else if (command instanceof Command.Append append) {
      key("append", append.key()).word(shortened(append.tail()));
    } else if (command instanceof Command.Take take) {
      key("take", take.key());
    } else if (command instanceof Command.Expire expire) {
      key("expire", expire.key()).word(lifetime(expire.lifetime()));
    } else if (command instanceof Command.InSession inSession) {
      add(inSession.request());
    }
  }

  private void add(SessionRequest request) {
    if (request instanceof SessionRequest.Do once) {
      Ticket ticket = once.numbered().ticket();
      text.append("session ").append(ticket.session()).append(" do ").append(ticket.number());
      text.append(": ");
      add(once.numbered().command());
    } else if (request instanceof SessionRequest.Resume resume) {
      text.append("session ").append(resume.session()).append(" resume");
    } else if (request instanceof SessionRequest.Close close) {
      text.append("session ").append(close.session()).append(" close");
    } else if (request instanceof SessionRequest.Fate fate) {
      text.append("session ").append(fate.session()).append(" outcome ").append(fate.number());
    } else {
      text.append(request instanceof SessionRequest.Open ? "session open" : "give up");
    }
  }

  private void entries(String name, List<Command.Entry> entries) {
    text.append(name);
    entries.forEach(entry -> word(shortened(entry.key()) + "=" + shortened(entry.value())));
  }

  private CommandText key(String name, Bytes key) {
    text.append(name);
    return word(shortened(key));
  }

  private static String guard(Guard guard) {
    if (guard instanceof Guard.Version version) {
      return version.version() == 0 ? "if none " : "if version " + version.version() + " ";
    }
    return guard instanceof Guard.Any ? "" : "if there ";
  }

  private static String lifetime(Lifetime lifetime) {
    if (lifetime instanceof Lifetime.For span) {
      return "for " + span.ms() + " ms";
    }
    if (lifetime instanceof Lifetime.Until until) {
      return "until " + until.time();
    }
    return lifetime instanceof Lifetime.Endless ? "for ever" : "as long as before";
  }

  private CommandText word(String word) {
    if (hasRoom()) {
      text.append(' ').append(word);
    }
    return this;
  }

  private String end() {
    return hasRoom() ? text.toString() : text.substring(0, width) + "…";
  }

  private static String shortened(Bytes bytes) {
    int length = Math.min(bytes.size(), LONGEST);
    String start = new String(bytes.array(), 0, length, StandardCharsets.UTF_8);
    StringBuilder line = new StringBuilder();
    start.codePoints().map(c -> printable(c) ? c : '.').forEach(line::appendCodePoint);
    return bytes.size() > LONGEST ? line + "…" : line.toString();
  }

  private static boolean printable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> codePoint != 0xfffd;
    };
  }
}
