package synod.door;

import java.util.Locale;
import synod.kv.Decimal;
import synod.kv.Lifetime;
import synod.paxos.Bytes;

/** Numbers among the words of a request, and Redis's words for those that are none. */
final class Numbers {
  /** So far ahead of any clock that a relative time cannot pass the end of time. */
  private static final long MOST_MS = Long.MAX_VALUE / 2;

  private Numbers() {}

  static long whole(Bytes word) {
    return Decimal.parse(word)
        .orElseThrow(() -> new BadArgument("value is not an integer or out of range"));
  }

  /** How the time in a word is meant. */
  enum Clock {
    EX(1000, false),
    PX(1, false),
    EXAT(1000, true),
    PXAT(1, true);

    private final long ms;
    private final boolean absolute;

    Clock(long ms, boolean absolute) {
      this.ms = ms;
      this.absolute = absolute;
    }

    /**
     * The lifetime of a key that is being set: it must not have ended already.
     *
     * @param command as errors name it
     */
    Lifetime ahead(Bytes word, String command) {
      if (whole(word) <= 0) {
        throw invalid(command);
      }
      return any(word, command);
    }

    /** A lifetime that may have ended: the key is then removed. */
    Lifetime any(Bytes word, String command) {
      long count = whole(word);
      if (count > MOST_MS / ms || count < -MOST_MS / ms) {
        throw invalid(command);
      }
      return absolute ? new Lifetime.Until(count * ms) : new Lifetime.For(count * ms);
    }

    private static BadArgument invalid(String command) {
      return new BadArgument(
          "invalid expire time in '" + command.toLowerCase(Locale.ROOT) + "' command");
    }
  }
}
