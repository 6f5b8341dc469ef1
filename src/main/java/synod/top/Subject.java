package synod.top;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** One replica as it is watched. State: what it said last, its rates, and when roles crashed. */
final class Subject {
  static final List<String> ROLES = List.of("proposer", "acceptor", "learner", "elector");

  private static final int MOST_RATES = 240;
  private static final long FLASH_NS = TimeUnit.MILLISECONDS.toNanos(2000);

  private final int id;
  private final Deque<Double> rates = new ArrayDeque<>();
  private final Map<String, Long> crashed = new TreeMap<>();
  private Glance last = Glance.without(Glance.Presence.DOWN, 0);
  private Glance.Presence presence = Glance.Presence.DOWN;
  private boolean asked;

  Subject(int id) {
    this.id = id;
  }

  int id() {
    return id;
  }

  void take(Glance glance) {
    asked = true;
    presence = glance.presence();
    if (presence != Glance.Presence.UP) {
      rate(0);
      return;
    }
    if (last.field("incarnation").equals(glance.field("incarnation"))) {
      compare(glance);
    } else {
      crashed.clear();
      rate(0);
    }
    last = glance;
  }

  private void compare(Glance glance) {
    double seconds = (glance.atNs() - last.atNs()) / 1e9;
    long more = Math.max(0, glance.number("commands") - last.number("commands"));
    rate(seconds <= 0 ? 0 : more / seconds);
    for (String role : ROLES) {
      if (glance.restarts(role) > last.restarts(role)) {
        crashed.put(role, glance.atNs());
      }
    }
  }

  private void rate(double perSecond) {
    rates.addLast(perSecond);
    if (rates.size() > MOST_RATES) {
      rates.removeFirst();
    }
  }

  /** It was told that the role has crashed. */
  void crash(String role, long nowNs) {
    crashed.put(role, nowNs);
  }

  boolean isThere() {
    return presence == Glance.Presence.UP;
  }

  Glance.Presence presence() {
    return presence;
  }

  boolean wasAsked() {
    return asked;
  }

  /** What it said last, which may be long ago. */
  Glance last() {
    return last;
  }

  boolean hasJustCrashed(String role, long nowNs) {
    Long at = crashed.get(role);
    return at != null && nowNs - at < FLASH_NS;
  }

  /** Puts applied a second, the latest last. */
  List<Double> rates() {
    return List.copyOf(rates);
  }

  double rate() {
    return rates.isEmpty() ? 0 : rates.getLast();
  }
}
