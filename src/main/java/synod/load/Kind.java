package synod.load;

import java.util.Locale;
import java.util.SplittableRandom;

/** What the clients ask for. */
public enum Kind {
  PUT,
  GET,
  /** As often the one as the other, by chance. */
  MIX;

  /** Whether the keys have to be there first. */
  public boolean reads() {
    return this != PUT;
  }

  boolean puts(SplittableRandom chance) {
    return this == PUT || (this == MIX && chance.nextBoolean());
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
