package synod.paxos;

import java.util.ArrayList;
import java.util.List;

/**
 * A life, and those that its directory has had before: enough to tell whether it began with all
 * that a life which somebody has met left behind, or on an old copy. Why it is enough is said in
 * {@link Enrolment}.
 *
 * <ol>
 *   <li>All earlier lives are of the same directory, and came before this one on it: each began
 *       with what the one before had left. So their incarnations rise.
 *   <li>The first of them has voted, or was the directory's first. None of those that came after
 *       that one is missing, but for some that were dropped since there were more than {@link
 *       #MOST}.
 * </ol>
 *
 * @param earlier their incarnations, the oldest first; none in the first life of a directory
 */
public record Lineage(List<Long> earlier, Life life) {
  /** So many earlier lives are told, at most. */
  static final int MOST = 1_000;

  public Lineage {
    earlier = List.copyOf(earlier);
    long last = 0;
    for (long incarnation : earlier) {
      Invariant.check(incarnation > last, "an earlier life: %s after %s", incarnation, last);
      last = incarnation;
    }
    Invariant.check(life.incarnation() > last, "%s came after %s", life, last);
  }

  /** Of a directory's first life. */
  public static Lineage of(Life life) {
    return new Lineage(List.of(), life);
  }

  /**
   * Of the next process.
   *
   * @param voted whether this life has voted: then nobody has to be told of those before it
   */
  public Lineage next(long incarnation, boolean voted) {
    List<Long> lives = voted ? new ArrayList<>() : new ArrayList<>(earlier);
    lives.add(life.incarnation());
    if (lives.size() > MOST) {
      lives.remove(1);
    }
    return new Lineage(lives, new Life(life.directory(), incarnation));
  }

  /**
   * Whether this life began with all that the other one has ever said, as far as can be told. One
   * that was dropped is taken for another's: the first is never dropped, since then older ones
   * would pass for this directory's.
   */
  public boolean follows(Life met) {
    long incarnation = met.incarnation();
    return met.directory() == life.directory()
        && (incarnation == life.incarnation()
            || earlier.contains(incarnation)
            || (!earlier.isEmpty() && incarnation < earlier.get(0)));
  }
}
