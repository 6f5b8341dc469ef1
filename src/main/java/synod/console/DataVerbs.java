package synod.console;

import java.util.List;
import java.util.Optional;

/** The commands about keys and values. */
final class DataVerbs {
  private final Doors doors;
  private final Screen screen;

  DataVerbs(Doors doors, Screen screen) {
    this.doors = doors;
    this.screen = screen;
  }

  List<Verb> all() {
    List<String> key = List.of("KEY");
    return List.of(
        new Verb("put", List.of("KEY", "VALUE"), "store a value", this::put),
        new Verb("get", key, "the value of a key", this::get),
        new Verb("delete", key, "remove a key", this::delete),
        new Verb("exists", key, "whether there is such a key", this::exists),
        new Verb("count", List.of(), "how many keys there are", words -> count()),
        new Verb("incr", List.of("KEY", "[BY]"), "add to a number, 1 unless given", this::incr),
        new Verb("expire", List.of("KEY", "SECONDS"), "remove a key by itself", this::expire),
        new Verb("ttl", key, "how long a key has left", this::ttl),
        new Verb("version", key, "the version of a key, for cas, and its value", this::version),
        new Verb(
            "cas",
            List.of("KEY", "VERSION", "VALUE"),
            "store if it has that version; 0: is not there",
            this::cas));
  }

  private void put(List<String> words) throws CommandFailed {
    doors.tell("SET", words.get(0), words.get(1));
    screen.say("ok");
  }

  private void get(List<String> words) throws CommandFailed {
    show("value", doors.ask("GET", words.get(0)));
  }

  private void delete(List<String> words) throws CommandFailed {
    screen.say(isOne(doors.tell("DEL", words.get(0))) ? "deleted" : "(none)");
  }

  private void exists(List<String> words) throws CommandFailed {
    boolean is = isOne(doors.ask("EXISTS", words.get(0)));
    screen.say("exists", is, is ? "yes" : "no");
  }

  private void count() throws CommandFailed {
    show("keys", doors.ask("DBSIZE"));
  }

  private void incr(List<String> words) throws CommandFailed {
    String by = words.size() > 1 ? words.get(1) : "1";
    show("value", doors.tell("INCRBY", words.get(0), by));
  }

  private void expire(List<String> words) throws CommandFailed {
    screen.say(isOne(doors.tell("EXPIRE", words.get(0), words.get(1))) ? "ok" : "(none)");
  }

  private void ttl(List<String> words) throws CommandFailed {
    Reply reply = doors.ask("PTTL", words.get(0));
    long left = reply instanceof Reply.Whole ms ? ms.number() : -2;
    String line = left == -2 ? "(none)" : left == -1 ? "it does not expire" : left + " ms";
    screen.say("ttl_ms", left >= 0 ? left : Optional.empty(), line);
  }

  private void version(List<String> words) throws CommandFailed {
    show("version", doors.ask("SYNOD", "VERSION", words.get(0)));
  }

  private void cas(List<String> words) throws CommandFailed {
    Reply reply = doors.tell("SYNOD", "CAS", words.get(0), words.get(1), words.get(2));
    if (!(reply instanceof Reply.Whole version)) {
      throw new CommandFailed("not stored, another version is there: " + reply.shown());
    }
    screen.say("version", version.number(), "ok, version " + version.number());
  }

  private void show(String name, Reply reply) {
    screen.say(name, reply.bare(), reply.shown());
  }

  private static boolean isOne(Reply reply) {
    return reply.equals(new Reply.Whole(1));
  }
}
