package synod.door;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import synod.door.Numbers.Clock;
import synod.kv.Guard;
import synod.kv.Lifetime;
import synod.paxos.Bytes;

/**
 * What stands behind key and value of a {@code SET}: {@code [NX | XX] [GET] [EX s | PX ms | EXAT s
 * | PXAT ms | KEEPTTL]}, in any order. State: what was read so far. Each may be said once.
 */
final class SetOptions {
  private final String command;
  private Optional<Guard> guard;
  private Optional<Lifetime> lifetime = Optional.empty();
  private boolean old;

  private SetOptions(String command, Optional<Guard> guard) {
    this.command = command;
    this.guard = guard;
  }

  /**
   * Reads the options.
   *
   * @param command as errors name it
   * @param guard what takes the place of NX and XX, if anything does
   * @throws BadArgument if they are none
   */
  static SetOptions of(String command, Optional<Guard> guard, List<Bytes> words) {
    SetOptions options = new SetOptions(command, guard);
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i).utf8().toUpperCase(Locale.ROOT);
      boolean timed = word.startsWith("EX") || word.startsWith("PX");
      if (timed && i + 1 == words.size()) {
        throw BadArgument.syntax();
      }
      options.read(word, timed ? words.get(++i) : Bytes.EMPTY);
    }
    return options;
  }

  private void read(String word, Bytes time) {
    switch (word) {
      case "NX" -> guard = once(guard, new Guard.Version(0));
      case "XX" -> guard = once(guard, new Guard.There());
      case "GET" -> old = true;
      case "KEEPTTL" -> lifetime = once(lifetime, new Lifetime.Kept());
      case "EX", "PX", "EXAT", "PXAT" ->
          lifetime = once(lifetime, Clock.valueOf(word).ahead(time, command));
      default -> throw BadArgument.syntax();
    }
  }

  private static <T> Optional<T> once(Optional<T> before, T now) {
    if (before.isPresent()) {
      throw BadArgument.syntax();
    }
    return Optional.of(now);
  }

  Guard guard() {
    return guard.orElse(new Guard.Any());
  }

  Lifetime lifetime() {
    return lifetime.orElse(new Lifetime.Endless());
  }

  /** Whether the value before is asked for. */
  boolean old() {
    return old;
  }
}
