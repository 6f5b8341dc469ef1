package synod.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Folds runs of rounds that look alike to the first of them and a band that counts the others. Two
 * rounds are alike if the same replicas asked and answered the same at the same ballot, whatever
 * the order of the answers. State: the rounds by their slots, and what lies in a fold.
 */
final class Folding {
  /** Fewer are as fast read as a band. */
  private static final int FEWEST = 3;

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

  /** A dead replica gets none of these in any round: they are part of what rounds look like. */
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
  private final TreeSet<Integer> breaks = new TreeSet<>();
  private final Map<Integer, String> bands = new TreeMap<>();
  private final TreeSet<Integer> folded = new TreeSet<>();

  /** A slot's messages: what they are, and where. */
  private static final class Round {
    private final TreeMap<String, Integer> shape = new TreeMap<>();
    private final int first;
    private int last;

    Round(int first) {
      this.first = first;
    }

    boolean isLike(Round that) {
      return shape.equals(that.shape);
    }
  }

  private Folding(List<Entry> entries) {
    this.entries = entries;
  }

  static List<Item> of(List<Entry> entries) {
    Folding folding = new Folding(entries);
    for (int i = 0; i < entries.size(); i++) {
      folding.read(i, entries.get(i));
    }
    folding.foldAll();
    return folding.items();
  }

  private void read(int index, Entry entry) {
    if (entry.fact() instanceof Fact.Happened happened) {
      if (!PLAIN_EVENTS.contains(happened.name())) {
        breaks.add(index);
      }
      return;
    }
    entry.fact().message().ifPresent(said -> read(index, entry, said));
  }

  private void read(int index, Entry entry, Said said) {
    if (!PLAIN.contains(said.kind())
        || (entry.fact() instanceof Fact.Lost && !MAY_BE_LOST.contains(said.kind()))) {
      breaks.add(index);
    }
    if (said.kind().equals("accept") || said.kind().equals("accepted")) {
      Round round = rounds.computeIfAbsent(said.slot(), slot -> new Round(index));
      round.last = index;
      String what = entry.fact().getClass().getSimpleName() + other(entry.fact());
      round.shape.merge(entry.replica() + what + said.kind() + said.ballot(), 1, Integer::sum);
    }
  }

  private static int other(Fact fact) {
    if (fact instanceof Fact.Sent sent) {
      return sent.to();
    }
    if (fact instanceof Fact.Lost lost) {
      return lost.to();
    }
    return fact instanceof Fact.Received received ? received.from() : 0;
  }

  private void foldAll() {
    long from = rounds.isEmpty() ? 0 : rounds.firstKey();
    while (rounds.ceilingKey(from) != null) {
      from = Objects.requireNonNull(rounds.ceilingKey(from));
      long to = lastLike(from);
      if (to - from >= FEWEST) {
        fold(from, to);
      }
      from = to + 1;
    }
  }

  private Round round(long slot) {
    return rounds.getOrDefault(slot, new Round(-1));
  }

  private long lastLike(long from) {
    long to = from;
    while (rounds.containsKey(to + 1)
        && round(to + 1).isLike(round(from))
        && isUnbroken(round(from).first, round(to + 1).last)) {
      to++;
    }
    return to;
  }

  private boolean isUnbroken(int first, int last) {
    return breaks.subSet(first, true, last, true).isEmpty();
  }

  /** All that lies behind the first round's end, up to the last round's. */
  private void fold(long from, long to) {
    int begin = round(from).last + 1;
    int end = round(to).last;
    TreeMap<String, Integer> halves = new TreeMap<>();
    for (int i = begin; i <= end; i++) {
      id(entries.get(i).fact()).ifPresent(id -> halves.merge(id, 1, Integer::sum));
    }
    int messages = 0;
    for (int i = round(from).first; i < entries.size(); i++) {
      if (isOfRounds(entries.get(i).fact(), from, to)
          || (i >= begin && i <= end && isBeside(entries.get(i).fact(), halves))) {
        folded.add(i);
        messages += entries.get(i).fact() instanceof Fact.Sent ? 1 : 0;
      }
    }
    bands.put(
        endOf(from, end) + 1,
        String.format(
            "%d more rounds like it: slots %d\u2013%d, %d messages",
            to - from, from + 1, to, messages));
  }

  /** Where the round's last plain entry stands, up to that place. */
  private int endOf(long slot, int end) {
    int last = round(slot).last;
    for (int i = last; i <= end; i++) {
      last = isOfRounds(entries.get(i).fact(), slot - 1, slot) ? i : last;
    }
    return last;
  }

  private static boolean isOfRounds(Fact fact, long from, long to) {
    long slot = fact.slot();
    boolean plain =
        fact instanceof Fact.Happened happened
            ? PLAIN_EVENTS.contains(happened.name())
            : fact.message().filter(said -> PLAIN.contains(said.kind())).isPresent();
    return plain && slot > from && slot <= to;
  }

  /** A sync, a command on its way: with both its ends among the folded rounds. */
  private static boolean isBeside(Fact fact, Map<String, Integer> halves) {
    return fact.slot() == 0 && id(fact).map(id -> halves.getOrDefault(id, 0) >= 2).orElse(true);
  }

  private static Optional<String> id(Fact fact) {
    if (fact instanceof Fact.Sent sent) {
      return Optional.of(sent.id());
    }
    return fact instanceof Fact.Received received ? Optional.of(received.id()) : Optional.empty();
  }

  private List<Item> items() {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      if (bands.containsKey(i)) {
        items.add(new Item.Band(bands.getOrDefault(i, "")));
      }
      if (!folded.contains(i)) {
        items.add(new Item.One(entries.get(i)));
      }
    }
    return items;
  }
}
