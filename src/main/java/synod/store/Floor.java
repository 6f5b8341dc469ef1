package synod.store;

import java.nio.ByteBuffer;
import synod.paxos.Ballot;

/**
 * How far a journal has come: what it holds now, or what it must hold at least. The ballots and the
 * slot alone would not show that the last of several acceptances of one slot is gone; the count of
 * syncs shows every lost tail.
 *
 * @param syncs how often the journal was synced, which is written as the last of what is synced
 * @param highest the highest slot in which anything was accepted, or that was truncated
 */
record Floor(long syncs, Ballot promised, Ballot own, long highest) {
  static final Floor NONE = new Floor(0, Ballot.NONE, Ballot.NONE, 0);
  static final int SIZE = 2 * Long.BYTES + 2 * Ballots.SIZE;

  /** Whether anything of that one is missing here. */
  boolean lacks(Floor that) {
    return syncs < that.syncs
        || promised.isBelow(that.promised)
        || own.isBelow(that.own)
        || highest < that.highest;
  }

  /** The highest round of any ballot in it. */
  long round() {
    return Math.max(promised.round(), own.round());
  }

  Floor or(Floor that) {
    return new Floor(
        Math.max(syncs, that.syncs),
        Ballots.higher(promised, that.promised),
        Ballots.higher(own, that.own),
        Math.max(highest, that.highest));
  }

  void put(ByteBuffer to) {
    to.putLong(syncs);
    Ballots.put(to, promised);
    Ballots.put(to, own);
    to.putLong(highest);
  }

  static Floor get(ByteBuffer from) {
    return new Floor(from.getLong(), Ballots.get(from), Ballots.get(from), from.getLong());
  }

  /** For a person: {@code 120 syncs, promised 3.1, own ballot 2.5, slot 37}. */
  @Override
  public String toString() {
    return String.format(
        "%d syncs, promised %s, own ballot %s, slot %d", syncs, promised, own, highest);
  }
}
