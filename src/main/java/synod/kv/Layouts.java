package synod.kv;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import synod.paxos.Bytes;

/**
 * The layouts of all commands. A new command is one more line in the table; another layout of a
 * command that stands in journals gets another kind.
 *
 * <pre>
 *   1 put, 3 put new  count, then key and value of each
 *   2 delete          count, then each key
 *   4 set             key, value, guard, lifetime, what is asked (1 byte)
 *   5 add             key, 8 bytes
 *   6 append          key, tail, most bytes (varint)
 *   7 take            key
 *   8 expire          key, lifetime, when (1 byte)
 *   9 in session      see {@link SessionRequests}
 *   guard             1 byte: 0 any, 1 there, 2 version and the version (varint)
 *   lifetime          1 byte: 0 endless, 1 kept, 2 for, 3 until; of the latter two then 8 bytes
 * </pre>
 *
 * Counts are varints; keys and values are a varint length and bytes. What is asked and when are
 * their place in {@link #ASKED} and {@link #WHEN}.
 */
final class Layouts {
  private static final List<Command.Asked> ASKED =
      List.of(Command.Asked.WHETHER, Command.Asked.OLD, Command.Asked.VERSION);

  private static final List<Command.When> WHEN =
      List.of(
          Command.When.ALWAYS,
          Command.When.ENDLESS,
          Command.When.ENDING,
          Command.When.LATER,
          Command.When.SOONER,
          Command.When.ENDING_SOONER);

  private static final List<Layout<?>> ALL =
      List.of(
          new Layout<>(
              1,
              Command.Put.class,
              (put, to) -> each(put.entries(), Layouts::entry, to),
              from -> new Command.Put(each(2, Layouts::entry, from))),
          new Layout<>(
              2,
              Command.Delete.class,
              (delete, to) -> each(delete.keys(), (key, sink) -> sink.bytes(key), to),
              from -> new Command.Delete(each(1, ByteReader::readBytes, from))),
          new Layout<>(
              3,
              Command.PutNew.class,
              (put, to) -> each(put.entries(), Layouts::entry, to),
              from -> new Command.PutNew(each(2, Layouts::entry, from))),
          new Layout<>(4, Command.Set.class, Layouts::set, Layouts::set),
          new Layout<>(
              5,
              Command.Add.class,
              (add, to) -> to.bytes(add.key()).putLong(add.amount()),
              from -> new Command.Add(from.readBytes(), from.readLong())),
          new Layout<>(
              6,
              Command.Append.class,
              (append, to) -> to.bytes(append.key()).bytes(append.tail()).varint(append.atMost()),
              from -> new Command.Append(from.readBytes(), from.readBytes(), from.readVarint())),
          new Layout<>(
              7,
              Command.Take.class,
              (take, to) -> to.bytes(take.key()),
              from -> new Command.Take(from.readBytes())),
          new Layout<>(8, Command.Expire.class, Layouts::expire, Layouts::expire),
          new Layout<>(
              9,
              Command.InSession.class,
              (inSession, to) -> SessionRequests.write(inSession.request(), to),
              from -> new Command.InSession(SessionRequests.read(from))));

  private Layouts() {}

  static Layout<?> of(Command command) {
    for (Layout<?> layout : ALL) {
      if (layout.type().isInstance(command)) {
        return layout;
      }
    }
    throw new IllegalArgumentException("no layout is known of " + command.getClass());
  }

  static Layout<?> of(int kind) {
    for (Layout<?> layout : ALL) {
      if (layout.kind() == kind) {
        return layout;
      }
    }
    throw new Malformed("no kind of command: " + kind);
  }

  private static <T> void each(List<T> things, BiConsumer<T, ByteSink> writer, ByteSink to) {
    to.varint(things.size());
    things.forEach(thing -> writer.accept(thing, to));
  }

  /** A count, then so many things of at least {@code least} bytes. */
  private static <T> List<T> each(int least, Function<ByteReader, T> reader, ByteReader from) {
    int count = from.readCount(least);
    List<T> things = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      things.add(reader.apply(from));
    }
    return things;
  }

  private static void entry(Command.Entry entry, ByteSink to) {
    to.bytes(entry.key()).bytes(entry.value());
  }

  private static Command.Entry entry(ByteReader from) {
    Bytes key = from.readBytes();
    return new Command.Entry(key, from.readBytes());
  }

  private static void set(Command.Set set, ByteSink to) {
    entry(set.entry(), to);
    guard(set.guard(), to);
    lifetime(set.lifetime(), to);
    to.putByte(ASKED.indexOf(set.asked()));
  }

  private static Command.Set set(ByteReader from) {
    Command.Entry entry = entry(from);
    Guard guard = guard(from);
    Lifetime lifetime = lifetime(from);
    return new Command.Set(entry, guard, lifetime, one(ASKED, from));
  }

  private static void expire(Command.Expire expire, ByteSink to) {
    to.bytes(expire.key());
    lifetime(expire.lifetime(), to);
    to.putByte(WHEN.indexOf(expire.when()));
  }

  private static Command.Expire expire(ByteReader from) {
    Bytes key = from.readBytes();
    Lifetime lifetime = lifetime(from);
    return new Command.Expire(key, lifetime, one(WHEN, from));
  }

  private static void guard(Guard guard, ByteSink to) {
    if (guard instanceof Guard.Version version) {
      to.putByte(2).varint(version.version());
    } else {
      to.putByte(guard instanceof Guard.Any ? 0 : 1);
    }
  }

  private static Guard guard(ByteReader from) {
    int kind = from.readByte();
    return switch (kind) {
      case 0 -> new Guard.Any();
      case 1 -> new Guard.There();
      case 2 -> new Guard.Version(from.readVarint());
      default -> throw new Malformed("no kind of guard: " + kind);
    };
  }

  private static void lifetime(Lifetime lifetime, ByteSink to) {
    if (lifetime instanceof Lifetime.For span) {
      to.putByte(2).putLong(span.ms());
    } else if (lifetime instanceof Lifetime.Until until) {
      to.putByte(3).putLong(until.time());
    } else {
      to.putByte(lifetime instanceof Lifetime.Endless ? 0 : 1);
    }
  }

  private static Lifetime lifetime(ByteReader from) {
    int kind = from.readByte();
    return switch (kind) {
      case 0 -> new Lifetime.Endless();
      case 1 -> new Lifetime.Kept();
      case 2 -> new Lifetime.For(from.readLong());
      case 3 -> new Lifetime.Until(from.readLong());
      default -> throw new Malformed("no kind of lifetime: " + kind);
    };
  }

  private static <E> E one(List<E> all, ByteReader from) {
    int which = from.readByte();
    if (which >= all.size()) {
      throw new Malformed("number " + which + " of " + all.size());
    }
    return all.get(which);
  }
}
