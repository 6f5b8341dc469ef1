package synod.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Runs of rounds that are alike: slots in a row in which as many messages of each kind came and the
 * same happened, while nothing else did. Who answered first is not looked at.
 */
final class Folds {
  private static final int LEAST = 4;
  private static final Round NONE = new Round(0);

  private final TreeMap<Long, Round> rounds = new TreeMap<>();
  private final int[] notable;
  private final List<Fold> folds = new ArrayList<>();

  /** What is shown of one slot: where it begins and ends in the trace, and how many of what. */
  private static final class Round {
    private final TreeMap<String, Integer> shape = new TreeMap<>();
    private final int first;
    private int last;

    Round(int first) {
      this.first = first;
    }

    /** Neither cut off by an end of the trace, nor without an outcome. */
    boolean isWhole() {
      return shape.keySet().stream().anyMatch(each -> each.startsWith("accept "))
          && shape.keySet().stream().anyMatch(each -> each.startsWith("SlotChosen "));
    }
  }

  /**
   * Slots that are left out.
   *
   * @param after where in the trace the round ends that stands for them
   * @param last where the last of them ends
   */
  record Fold(long from, long to, int after, int last) {}

  private Folds(List<Entry> merged) {
    notable = new int[merged.size() + 1];
    for (int i = 0; i < merged.size(); i++) {
      Entry entry = merged.get(i);
      boolean shown = Shown.is(entry);
      notable[i + 1] = notable[i] + (shown && Shown.isNotable(entry.fact()) ? 1 : 0);
      long slot = entry.fact().slot();
      if (shown && slot > 0) {
        int at = i;
        Round round = rounds.computeIfAbsent(slot, each -> new Round(at));
        round.last = i;
        round.shape.merge(Shown.shape(entry.fact()), 1, Integer::sum);
      }
    }
  }

  /** In order; no two overlap. */
  static List<Fold> of(List<Entry> merged) {
    Folds found = new Folds(merged);
    if (!found.rounds.isEmpty()) {
      long slot = found.rounds.firstKey();
      while (slot <= found.rounds.lastKey()) {
        slot = found.runFrom(slot) + 1;
      }
    }
    return found.folds;
  }

  /** The last slot of the run that begins with this one. */
  private long runFrom(long slot) {
    Round first = round(slot);
    if (!first.isWhole()) {
      return Math.max(slot, nextAfter(slot) - 1);
    }
    long last = slot;
    int end = first.last;
    for (Round next = round(slot + 1); isAlike(first, next); next = round(last + 1)) {
      last++;
      end = Math.max(end, next.last);
    }
    if (last - slot + 1 >= LEAST) {
      folds.add(new Fold(slot + 1, last, first.last, end));
    }
    return last;
  }

  private Round round(long slot) {
    return rounds.getOrDefault(slot, NONE);
  }

  private long nextAfter(long slot) {
    Long next = rounds.higherKey(slot);
    return next == null ? Long.MAX_VALUE - 1 : next;
  }

  private boolean isAlike(Round first, Round next) {
    return next.shape.equals(first.shape) && notable[next.last + 1] == notable[first.first];
  }
}
