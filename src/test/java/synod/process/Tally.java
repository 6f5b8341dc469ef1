package synod.process;

import redis.clients.jedis.Jedis;

/**
 * A key that one client alone writes, each time with one more, and what it must hold: {@code
 * value}, or one more if {@code unsure}. An addition that is lost, or done twice, shows in the next
 * answer.
 */
record Tally(String key, Adding adding, long value, boolean unsure) {

  /** How one more gets there. */
  enum Adding {
    /** The store adds: done twice, it shows by itself. */
    INCR {
      @Override
      long addTo(Tally before, Jedis door) {
        return door.incr(before.key());
      }
    },
    /** The client adds: a put that is done again behind a later one shows. */
    SET {
      @Override
      long addTo(Tally before, Jedis door) {
        door.set(before.key(), Long.toString(before.value() + 1));
        return before.value() + 1;
      }
    };

    /** Returns what the key is said to hold then. */
    abstract long addTo(Tally before, Jedis door);
  }

  static Tally fresh(String key, Adding adding) {
    return new Tally(key, adding, 0, false);
  }

  long add(Jedis door) {
    return adding.addTo(this, door);
  }

  long read(Jedis door) {
    String found = door.get(key);
    return found == null ? 0 : Long.parseLong(found);
  }

  Tally more() {
    return new Tally(key, adding, value + 1, unsure);
  }

  Tally perhapsMore() {
    return new Tally(key, adding, value, true);
  }

  boolean fits(long found) {
    return found == value || (unsure && found == value + 1);
  }
}
