package synod.door;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import synod.door.Numbers.Clock;
import synod.door.Usage.Keys;
import synod.kv.Answer;
import synod.kv.Command;
import synod.kv.Command.When;
import synod.kv.Lifetime;
import synod.kv.Query;
import synod.paxos.Bytes;

/** How long keys stay, by the time of the log. */
final class ExpiryCommands {
  private final StoreAccess store;

  ExpiryCommands(StoreAccess store) {
    this.store = store;
  }

  List<Verb> verbs() {
    return List.of(
        expire("expire", "[NX|XX|GT|LT]: removes a key after seconds", Clock.EX),
        expire("pexpire", "[NX|XX|GT|LT]: removes a key after ms", Clock.PX),
        expire("expireat", "[NX|XX|GT|LT]: removes a key at a time in seconds", Clock.EXAT),
        expire("pexpireat", "[NX|XX|GT|LT]: removes a key at a time in ms", Clock.PXAT),
        store.writer("persist", 2, Keys.FIRST, "Keeps a key that would expire", this::persist),
        left("ttl", "Seconds that a key has left", Outcomes::seconds),
        left("pttl", "Milliseconds that a key has left", Outcomes::amount));
  }

  private Verb expire(String name, String summary, Clock clock) {
    return store.writer(name, -3, Keys.FIRST, summary, call -> expire(call, name, clock));
  }

  private void expire(Call call, String name, Clock clock) {
    Lifetime lifetime = clock.any(call.word(2), name);
    When when = when(call.words().subList(3, call.size()));
    store.write(call, new Command.Expire(call.word(1), lifetime, when), Outcomes::amount);
  }

  private void persist(Call call) {
    store.write(
        call,
        new Command.Expire(call.word(1), new Lifetime.Endless(), When.ENDING),
        Outcomes::amount);
  }

  private Verb left(String name, String summary, Function<Answer, Reply> done) {
    return store.reader(
        name, 2, Keys.FIRST, summary, call -> store.read(call, new Query.Left(call.word(1)), done));
  }

  private static When when(List<Bytes> options) {
    Set<String> said = new TreeSet<>();
    options.forEach(option -> said.add(option.utf8().toUpperCase(Locale.ROOT)));
    return switch (String.join(" ", said)) {
      case "" -> When.ALWAYS;
      case "NX" -> When.ENDLESS;
      case "XX" -> When.ENDING;
      case "GT", "GT XX" -> When.LATER;
      case "LT" -> When.SOONER;
      case "LT XX" -> When.ENDING_SOONER;
      default -> throw unfit(options, said);
    };
  }

  private static BadArgument unfit(List<Bytes> options, Set<String> said) {
    for (Bytes option : options) {
      if (!List.of("NX", "XX", "GT", "LT").contains(option.utf8().toUpperCase(Locale.ROOT))) {
        return new BadArgument("Unsupported option " + CommandTable.shortened(option));
      }
    }
    return new BadArgument(
        said.contains("NX")
            ? "NX and XX, GT or LT options at the same time are not compatible"
            : "GT and LT options at the same time are not compatible");
  }
}
