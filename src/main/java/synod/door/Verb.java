package synod.door;

import java.util.function.Consumer;
import synod.door.Usage.Keys;
import synod.door.Usage.Kind;

/** A command of the door: how it is used, and what carries it out. */
record Verb(Usage usage, Consumer<Call> handler) {

  /** One that the door answers itself. */
  static Verb local(String name, int arity, String summary, Consumer<Call> handler) {
    return new Verb(new Usage(name, arity, Kind.LOCAL, Keys.NONE, summary), handler);
  }
}
