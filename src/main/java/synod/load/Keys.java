package synod.load;

/** The names of a load's keys, which nobody else's begin with. */
public final class Keys {
  public static final String PREFIX = "synod:load:";
  static final int DIGITS = 5;

  private Keys() {}

  /** The name of a key, from 0 on. */
  public static String name(int number) {
    StringBuilder name = new StringBuilder(PREFIX);
    for (int digit = 0; digit < DIGITS; digit++) {
      name.append((char) digit(number, digit));
    }
    return name.toString();
  }

  /** The digit at that place, from the left. */
  static byte digit(int number, int place) {
    int rest = number;
    for (int i = place + 1; i < DIGITS; i++) {
      rest /= 10;
    }
    return (byte) ('0' + rest % 10);
  }
}
