package synod.store;

import java.nio.ByteBuffer;
import synod.paxos.Ballot;

/**
 * How far a journal has come: what it holds now, or what it must hold at least. The ballots and the
 * slot alone would not show that the last of several acceptances of one slot is gone; the count of
 * writes shows every lost tail.
 *
 * @param writes the sequence number of RocksDB, which rises with each write and survives with it
 * @param highest the highest slot in which anything was accepted, or that was truncated
 */
record Floor(long writes, Ballot promised, Ballot own, long highest) {
  static final Floor NONE = new Floor(0, Ballot.NONE, Ballot.NONE, 0);
  static final int SIZE = 2 * Long.BYTES + 2 * Ballots.SIZE;

  /** Whether anything of that one is missing here. */
  boolean lacks(Floor that) {
    return writes < that.writes
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
        Math.max(writes, that.writes),
        Ballots.higher(promised, that.promised),
        Ballots.higher(own, that.own),
        Math.max(highest, that.highest));
  }

  void put(ByteBuffer to) {
    to.putLong(writes);
    Ballots.put(to, promised);
    Ballots.put(to, own);
    to.putLong(highest);
  }

  static Floor get(ByteBuffer from) {
    return new Floor(from.getLong(), Ballots.get(from), Ballots.get(from), from.getLong());
  }

  /** For a person: {@code 120 writes, promised 3.1, own ballot 2.5, slot 37}. */
  @Override
  public String toString() {
    return String.format(
        "%d writes, promised %s, own ballot %s, slot %d", writes, promised, own, highest);
  }
}
