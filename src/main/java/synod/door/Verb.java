package synod.door;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import synod.door.Usage.Keys;
import synod.door.Usage.Kind;
import synod.paxos.Bytes;

/**
 * A command of the door: how it is used, and what carries it out.
 *
 * @param parts its subcommands, if it has any
 * @param times how long it has taken so far
 */
record Verb(Usage usage, Consumer<Call> handler, Optional<Subcommands> parts, CommandTimes times) {
  Verb(Usage usage, Consumer<Call> handler, Optional<Subcommands> parts) {
    this(usage, handler, parts, new CommandTimes());
  }

  Verb(Usage usage, Consumer<Call> handler) {
    this(usage, handler, Optional.empty());
  }

  /** One that the door answers itself. */
  static Verb local(String name, int arity, String summary, Consumer<Call> handler) {
    return new Verb(new Usage(name, arity, Kind.LOCAL, Keys.NONE, summary), handler);
  }

  /** The one whose times count: its subcommand, if the request names one that there is. */
  Verb meant(List<Bytes> words) {
    return parts.flatMap(all -> all.find(words)).orElse(this);
  }

  /** Whether a request goes through the replica: its subcommand says so, if there is one. */
  Kind kind(List<Bytes> words) {
    return meant(words).usage().kind();
  }
}
