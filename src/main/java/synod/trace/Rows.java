package synod.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far down each item stands. Order makes the height, not time: who waits long costs no paper,
 * and a receipt always stands below its sending. State: how far down everything is so far.
 */
final class Rows {
  private static final double STEP = 2.5;
  private static final double LABELLED = 13;
  private static final double PLAIN = 8;
  private static final double SLOPE = 18;
  private static final double WITHIN = 10;
  private static final double BAND = 30;
  private static final double PAUSE = 22;
  private static final double HEADER = 46;
  private static final double PAGE = 1_400;

  /** In microseconds: a wait that a reader should know of. */
  private static final long LONG = 15_000;

  private final List<Double> ys = new ArrayList<>();
  private final TreeMap<Double, Long> pauses = new TreeMap<>();
  private final List<Double> headers = new ArrayList<>();
  private final TreeMap<Integer, Double> lastOf = new TreeMap<>();
  private final TreeMap<String, Double> sentAt = new TreeMap<>();
  private double y;
  private double nextHeader;
  private long micros = Long.MIN_VALUE;
  private String step = "";

  private Rows(double top) {
    y = top;
    nextHeader = top + PAGE;
  }

  static Rows of(List<Item> items, double top) {
    Rows rows = new Rows(top);
    items.forEach(rows::add);
    return rows;
  }

  double y(int item) {
    return ys.get(item);
  }

  double bottom() {
    return y + PLAIN;
  }

  /** How long nothing happened, by where that is said. */
  Map<Double, Long> pauses() {
    return pauses;
  }

  /** Where the names of the lanes are said again. */
  List<Double> headers() {
    return headers;
  }

  private void add(Item item) {
    if (item instanceof Item.One one) {
      add(one.entry());
    } else {
      y += BAND;
      ys.add(y - BAND / 2 + 5);
      lastOf.replaceAll((replica, last) -> y - PLAIN);
      step = "";
    }
  }

  private void add(Entry entry) {
    pause(entry);
    String now = stepOf(entry);
    if (now.isEmpty() || !now.equals(step)) {
      y = needed(entry);
    }
    step = now;
    lastOf.put(entry.replica(), y);
    if (entry.fact() instanceof Fact.Sent sent) {
      sentAt.putIfAbsent(sent.id(), y);
    }
    ys.add(y);
  }

  /** What one role says at one moment leaves from one point. */
  private static String stepOf(Entry entry) {
    return entry.fact() instanceof Fact.Sent sent
        ? entry.replica() + sent.said().from() + sent.said().kind() + entry.micros()
        : "";
  }

  private double needed(Entry entry) {
    double least = y + STEP;
    least = Math.max(least, lastOf.getOrDefault(entry.replica(), 0.0) + gap(entry.fact()));
    if (entry.fact() instanceof Fact.Arrived arrived) {
      double slope = arrived.from() == entry.replica() ? WITHIN : SLOPE;
      least = Math.max(least, sentAt.getOrDefault(arrived.id(), y - slope) + slope);
    }
    return least;
  }

  private static double gap(Fact fact) {
    boolean labelled =
        fact instanceof Fact.Arrived
            || (fact instanceof Fact.Happened happened && !Mark.of(happened).label().isEmpty());
    return labelled ? LABELLED : PLAIN;
  }

  private void pause(Entry entry) {
    long waited = micros == Long.MIN_VALUE ? 0 : entry.micros() - micros;
    micros = Math.max(micros, entry.micros());
    if (waited >= LONG) {
      pauses.put(y + PAUSE / 2 + 3, waited);
      y += PAUSE;
      step = "";
    }
    if (y > nextHeader) {
      headers.add(y + HEADER / 2);
      y += HEADER;
      nextHeader = y + PAGE;
      step = "";
    }
  }
}
