package synod.trace;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds runs of rounds that look alike, of which a reader needs to see the first one only. What is
 * shown of a trace is folded, so each view asks for its own.
 *
 * <p>A slot's round is its accepts, the answers to them, and that it was chosen. Two rounds look
 * alike if the same replicas said the same to each other at the same ballot and as much of it came,
 * in whatever order. A run is of slots in a row, and nothing happens in it but rounds.
 *
 * <p>State: the rounds by their slots; how much that is part of no round stands before each entry;
 * and what is left out, with the folds by the entries behind which they are to be told.
 */
final class Folds {
  /** Fewer are as fast read as a line that counts them. */
  private static final int FEWEST = 3;

  private static final List<String> ROUND = List.of("accept", "accepted");

  private static final List<String> PLAIN =
      List.of(
          "accept",
          "accepted",
          "chosen",
          "slot-chosen",
          "applied",
          "submit",
          "read",
          "read-index",
          "confirm",
          "confirmed");

  /** A dead replica or a slow one gets none of these in any round: rounds look like that, then. */
  private static final List<String> MAY_BE_LOST = List.of("accept", "accepted", "chosen");

  private static final List<String> PLAIN_EVENTS =
      List.of(
          "Proposed",
          "Accepted",
          "SlotChosen",
          "Applied",
          "ReadRound",
          "ReadsRide",
          "Leased",
          "Truncated");

  private final List<Entry> entries;
  private final TreeMap<Long, Round> rounds = new TreeMap<>();
  private final int[] breaks;
  private final BitSet leftOut = new BitSet();
  private final Map<Integer, Fold> told = new TreeMap<>();

  /**
   * Slots that are left out.
   *
   * @param messages how many were sent for them
   */
  record Fold(long from, long to, int messages) {
    long rounds() {
      return to - from + 1;
    }
  }

  /** What is plain of a slot; and what the round itself looks like, and where it is. */
  private static final class Round {
    private final List<Integer> places = new ArrayList<>();
    private final TreeMap<String, Integer> shape = new TreeMap<>();
    private int first;
    private int last;

    void add(int place, Entry entry) {
      places.add(place);
      String look = look(entry);
      if (!look.isEmpty()) {
        first = shape.isEmpty() ? place : first;
        last = place;
        shape.merge(look, 1, Integer::sum);
      }
    }

    boolean isLike(Round that) {
      return !shape.isEmpty() && shape.equals(that.shape);
    }

    /** Its last entry up to that place. */
    int endBy(int place) {
      return places.stream().filter(each -> each <= place).reduce(last, Math::max);
    }
  }

  private Folds(List<Entry> entries) {
    this.entries = entries;
    this.breaks = new int[entries.size() + 1];
    for (int i = 0; i < entries.size(); i++) {
      Fact fact = entries.get(i).fact();
      breaks[i + 1] = breaks[i] + (isPlain(fact) ? 0 : 1);
      if (isPlain(fact) && fact.slot() > 0) {
        rounds.computeIfAbsent(fact.slot(), slot -> new Round()).add(i, entries.get(i));
      }
    }
  }

  /** Of what is shown of a trace, in the order in which it is. */
  static Folds of(List<Entry> shown) {
    Folds folds = new Folds(shown);
    Long from = folds.rounds.isEmpty() ? null : folds.rounds.firstKey();
    while (from != null) {
      long to = folds.lastLike(from);
      if (to - from >= FEWEST) {
        folds.fold(from, to);
      }
      from = folds.rounds.higherKey(to);
    }
    return folds;
  }

  /** Whether that entry is not to be shown. */
  boolean leaveOut(int place) {
    return leftOut.get(place);
  }

  /** What is to be told behind that entry. */
  Optional<Fold> behind(int place) {
    return Optional.ofNullable(told.get(place));
  }

  // ---------------------------------------------------------------- what is alike

  private static boolean isPlain(Fact fact) {
    if (fact instanceof Fact.Happened happened) {
      return PLAIN_EVENTS.contains(happened.name());
    }
    boolean gone = fact instanceof Fact.Lost || fact instanceof Fact.Dropped;
    List<String> plain = gone ? MAY_BE_LOST : PLAIN;
    return fact.message().map(said -> plain.contains(said.kind())).orElse(true);
  }

  /** Empty if it is beside the round. */
  private static String look(Entry entry) {
    if (entry.fact() instanceof Fact.Happened happened) {
      return happened.name().equals("SlotChosen") ? entry.replica() + happened.ballot() : "";
    }
    return entry.fact() instanceof Fact.OfMessage fact && ROUND.contains(fact.said().kind())
        ? entry.replica() + what(fact)
        : "";
  }

  private static String what(Fact.OfMessage fact) {
    Said said = fact.said();
    return fact.getClass().getSimpleName() + fact.peer() + said.kind() + said.ballot();
  }

  private Round round(long slot) {
    return rounds.getOrDefault(slot, new Round());
  }

  private long lastLike(long from) {
    long to = from;
    while (round(to + 1).isLike(round(from)) && isUnbroken(round(from), round(to + 1))) {
      to++;
    }
    return to;
  }

  private boolean isUnbroken(Round one, Round other) {
    int first = Math.min(one.first, other.first);
    int last = Math.max(one.last, other.last);
    return breaks[first] == breaks[last + 1];
  }

  // ---------------------------------------------------------------- what is left out

  /** All of the rounds behind the first; and what went on beside them, up to the last one's end. */
  private void fold(long from, long to) {
    BitSet out = new BitSet();
    rounds.subMap(from, false, to, true).values().forEach(round -> round.places.forEach(out::set));
    int end = round(to).last;
    beside(round(from).last + 1, end, out);
    int messages =
        (int) out.stream().filter(i -> entries.get(i).fact() instanceof Fact.Sent).count();
    leftOut.or(out);
    told.put(round(from).endBy(end), new Fold(from + 1, to, messages));
  }

  /** Syncs, and commands and reads on their way, with both their ends in there. */
  private void beside(int begin, int end, BitSet out) {
    TreeMap<String, Integer> ends = new TreeMap<>();
    for (int i = begin; i <= end; i++) {
      id(entries.get(i).fact()).ifPresent(id -> ends.merge(id, 1, Integer::sum));
    }
    for (int i = begin; i <= end; i++) {
      Fact fact = entries.get(i).fact();
      boolean whole = id(fact).map(id -> ends.getOrDefault(id, 0) > 1).orElse(true);
      if (fact.slot() == 0 && whole) {
        out.set(i);
      }
    }
  }

  private static Optional<String> id(Fact fact) {
    return fact instanceof Fact.OfMessage message ? Optional.of(message.id()) : Optional.empty();
  }
}
