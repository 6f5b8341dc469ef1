package synod.kv;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import synod.paxos.Bytes;

/**
 * Whole numbers of 64 bits as Redis writes them ({@code string2ll} of its util.c): a minus or none,
 * then digits without a leading zero, and nothing else. So each number is written in one way only.
 */
public final class Decimal {
  private Decimal() {}

  /** Nothing if it is no such number. */
  public static OptionalLong parse(Bytes text) {
    if (text.size() == 0 || text.size() > 20) {
      return OptionalLong.empty();
    }
    try {
      long number = Long.parseLong(new String(text.array(), StandardCharsets.ISO_8859_1));
      return write(number).equals(text) ? OptionalLong.of(number) : OptionalLong.empty();
    } catch (NumberFormatException none) {
      return OptionalLong.empty();
    }
  }

  public static Bytes write(long number) {
    return Bytes.utf8(Long.toString(number));
  }
}
