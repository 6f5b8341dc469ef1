package synod.console;

import java.util.List;

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
    screen.say(doors.ask("GET", words.get(0)).shown());
  }

  private void delete(List<String> words) throws CommandFailed {
    screen.say(isOne(doors.tell("DEL", words.get(0))) ? "deleted" : "(none)");
  }

  private void exists(List<String> words) throws CommandFailed {
    screen.say(isOne(doors.ask("EXISTS", words.get(0))) ? "yes" : "no");
  }

  private void count() throws CommandFailed {
    screen.say(doors.ask("DBSIZE").shown());
  }

  private void incr(List<String> words) throws CommandFailed {
    String by = words.size() > 1 ? words.get(1) : "1";
    screen.say(doors.tell("INCRBY", words.get(0), by).shown());
  }

  private void expire(List<String> words) throws CommandFailed {
    screen.say(isOne(doors.tell("EXPIRE", words.get(0), words.get(1))) ? "ok" : "(none)");
  }

  private void ttl(List<String> words) throws CommandFailed {
    Reply reply = doors.ask("PTTL", words.get(0));
    long left = reply instanceof Reply.Whole ms ? ms.number() : -2;
    screen.say(left == -2 ? "(none)" : left == -1 ? "it does not expire" : left + " ms");
  }

  private void version(List<String> words) throws CommandFailed {
    screen.say(doors.ask("SYNOD", "VERSION", words.get(0)).shown());
  }

  private void cas(List<String> words) throws CommandFailed {
    Reply reply = doors.tell("SYNOD", "CAS", words.get(0), words.get(1), words.get(2));
    if (!(reply instanceof Reply.Whole version)) {
      throw new CommandFailed("not stored, another version is there: " + reply.shown());
    }
    screen.say("ok, version " + version.number());
  }

  private static boolean isOne(Reply reply) {
    return reply.equals(new Reply.Whole(1));
  }
}
