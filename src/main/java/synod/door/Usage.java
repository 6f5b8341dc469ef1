package synod.door;

import java.util.Locale;

/**
 * What may be known of a command without carrying it out, as {@code COMMAND} tells it.
 *
 * @param name in lower case
 * @param arity how many words it has, its name included; negative: at least so many
 */
record Usage(String name, int arity, Kind kind, Keys keys, String summary) {

  /** Whether a command goes through the replica. */
  enum Kind {
    WRITE("write"),
    READ("readonly"),
    /** A write whose outcome the next request of the connection depends on. */
    ALONE("write"),
    /** Answered by the door itself, at once. */
    LOCAL("fast");

    final String flag;

    Kind(String flag) {
      this.flag = flag;
    }
  }

  /** Where the keys stand among the words. */
  enum Keys {
    NONE(0, 0, 0),
    FIRST(1, 1, 1),
    /** Behind a subcommand. */
    SECOND(2, 2, 1),
    THIRD(3, 3, 1),
    ALL(1, -1, 1),
    PAIRS(1, -1, 2);

    final int first;
    final int last;
    final int step;

    Keys(int first, int last, int step) {
      this.first = first;
      this.last = last;
      this.step = step;
    }
  }

  boolean takes(int words) {
    return arity >= 0 ? words == arity : words >= -arity;
  }

  /** Redis's words for a call that has too few or too many. */
  String wrongArity() {
    return "wrong number of arguments for '" + name.toLowerCase(Locale.ROOT) + "' command";
  }
}
