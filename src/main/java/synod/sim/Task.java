package synod.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import synod.kv.Answer;
import synod.kv.Command;
import synod.kv.Guard;
import synod.kv.Lifetime;
import synod.kv.Query;
import synod.paxos.Bytes;

/**
 * What a client asks for: as the store takes it, and in the words of a history.
 *
 * @param words none if the checker's model knows no such command
 * @param request a command, or nothing if it is a read
 * @param mark what a write writes, as nobody else does; else nothing
 */
record Task(
    List<String> words, Optional<Command> request, List<String> keys, Optional<String> mark) {
  private static final Guard ANY = new Guard.Any();
  private static final Lifetime ENDLESS = new Lifetime.Endless();
  private static final int LONGEST = 1 << 29;

  /** Draws one; {@code mark} is unique. */
  static Task any(SplittableRandom random, int keys, String mark) {
    String text = "s" + random.nextInt(keys);
    String other = "s" + random.nextInt(keys);
    String number = "n" + random.nextInt(keys);
    return switch (random.nextInt(20)) {
      case 0, 1, 2 -> write("SET", text, mark, new Command.Put(entries(text, mark)));
      case 3 -> write("SETNX", text, mark, new Command.PutNew(entries(text, mark)));
      case 4 -> write("GETSET", text, mark, getSet(text, mark));
      case 5 -> append(text, mark.substring(mark.lastIndexOf(Clients.MARK)));
      case 6, 7, 8 -> plain(List.of("INCRBY", number, "1"), new Command.Add(key(number), 1));
      case 9 -> plain(List.of("DEL", text), new Command.Delete(List.of(key(text))));
      case 10 -> plain(List.of("GETDEL", number), new Command.Take(key(number)));
      case 11 -> both(text, other, mark);
      case 12 -> ending(random, mark);
      case 13 -> read("MGET", List.of(text, other));
      case 14, 15 -> read("GET", List.of(number));
      default -> read("GET", List.of(text));
    };
  }

  /** Draws a read. */
  static Task reading(SplittableRandom random, int keys) {
    return read((random.nextBoolean() ? "s" : "n") + random.nextInt(keys));
  }

  /** Reads a key. */
  static Task read(String key) {
    return read("GET", List.of(key));
  }

  private static Task read(String name, List<String> keys) {
    List<String> words = new ArrayList<>(List.of(name));
    words.addAll(keys);
    return new Task(words, Optional.empty(), keys, Optional.empty());
  }

  private static Task write(String name, String key, String mark, Command command) {
    return new Task(
        List.of(name, key, mark), Optional.of(command), List.of(key), Optional.of(mark));
  }

  private static Task plain(List<String> words, Command command) {
    return new Task(words, Optional.of(command), List.of(words.get(1)), Optional.empty());
  }

  private static Task both(String a, String b, String mark) {
    List<Command.Entry> entries = new ArrayList<>(entries(a, mark));
    entries.addAll(entries(b, mark));
    return new Task(
        List.of("MSET", a, mark, b, mark),
        Optional.of(new Command.Put(entries)),
        List.of(a, b),
        Optional.of(mark));
  }

  /** On keys of their own, which the model of the history does not know: states must be equal. */
  private static Task ending(SplittableRandom random, String mark) {
    String key = "e" + random.nextInt(3);
    Lifetime lifetime = new Lifetime.For(1 + random.nextInt(2_000));
    Command command =
        random.nextBoolean()
            ? new Command.Set(entry(key, mark), ANY, lifetime, Command.Asked.WHETHER)
            : new Command.Expire(key(key), lifetime, Command.When.ALWAYS);
    return new Task(List.of(), Optional.of(command), List.of(key), Optional.empty());
  }

  private static Command getSet(String key, String mark) {
    return new Command.Set(entry(key, mark), ANY, ENDLESS, Command.Asked.OLD);
  }

  private static Task append(String key, String mark) {
    return write("APPEND", key, mark, new Command.Append(key(key), Bytes.utf8(mark), LONGEST));
  }

  private static List<Command.Entry> entries(String key, String mark) {
    return List.of(entry(key, mark));
  }

  private static Command.Entry entry(String key, String mark) {
    return new Command.Entry(key(key), Bytes.utf8(mark));
  }

  private static Bytes key(String key) {
    return Bytes.utf8(key);
  }

  Query query() {
    return new Query.Get(keys.stream().map(Task::key).toList());
  }

  boolean isRecorded() {
    return !words.isEmpty();
  }

  /** An answer in the words of a history. */
  String words(Answer answer) {
    if (answer instanceof Answer.Amount amount) {
      return ":" + amount.value();
    } else if (answer instanceof Answer.Refused) {
      return "ERR";
    } else if (answer instanceof Answer.Values values) {
      List<String> all =
          values.values().stream().map(v -> v.map(b -> "$" + b.utf8()).orElse("nil")).toList();
      return words.get(0).equals("MGET") ? "[" + String.join(" ", all) + "]" : all.get(0);
    }
    return "OK";
  }
}
