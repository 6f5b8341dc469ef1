package synod.process;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import redis.clients.jedis.Jedis;

/**
 * A client that adds, puts and gets, each time through a door that chance picks, and holds every
 * answer against what it must be. State: a counter and a register in use, and those of the past.
 *
 * <p>Of a write whose outcome is unknown nobody can say when it takes effect, if ever. So its key
 * is left alone from then on, and checked at the end: it is there once, or not at all.
 */
final class SoakClient implements Runnable {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final String name;
  private final Doorways doors;
  private final SoakLedger ledger;
  private final SplittableRandom chance;
  private final List<Tally> past = new ArrayList<>();
  private Tally counter;
  private Tally register;
  private int keys;

  SoakClient(String name, Doorways doors, SoakLedger ledger, SplittableRandom chance) {
    this.name = name;
    this.doors = doors;
    this.ledger = ledger;
    this.chance = chance;
    this.counter = fresh(Tally.Adding.INCR);
    this.register = fresh(Tally.Adding.SET);
  }

  private Tally fresh(Tally.Adding adding) {
    return Tally.fresh(name + ":" + keys++, adding);
  }

  /** All that it has written, once it has ended. */
  List<Tally> tallies() {
    List<Tally> all = new ArrayList<>(past);
    all.add(counter);
    all.add(register);
    return all;
  }

  @Override
  public void run() {
    try (doors) {
      while (!ledger.ending()) {
        step();
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } catch (RuntimeException e) {
      ledger.fault(name + ": " + e);
    }
  }

  private void step() {
    switch (chance.nextInt(4)) {
      case 0 -> read(chance.nextBoolean() ? counter : register);
      case 1 -> register = add(register);
      default -> counter = add(counter);
    }
  }

  private void read(Tally tally) {
    if (ask(tally::read) instanceof Told.Done done && !tally.fits(done.value())) {
      ledger.fault("a get found " + done.value() + " of " + tally);
    }
  }

  private Tally add(Tally before) {
    Told told = ask(before::add);
    if (told instanceof Told.Done done) {
      if (done.value() != before.value() + 1) {
        ledger.fault("an addition made " + done.value() + " of " + before);
      }
      return before.more();
    }
    if (told instanceof Told.Unknown) {
      past.add(before.perhapsMore());
      return fresh(before.adding());
    }
    return told instanceof Told.Happened ? before.more() : before;
  }

  private Told ask(ToLongFunction<Jedis> request) {
    Told told = doors.ask(Processes.ALL.get(chance.nextInt(Processes.ALL.size())), request);
    if (told instanceof Told.Done || told instanceof Told.Happened) {
      ledger.done.increment();
      ledger.heard();
    } else {
      (told instanceof Told.Unknown ? ledger.unknown : ledger.notDone).increment();
    }
    return told;
  }
}
