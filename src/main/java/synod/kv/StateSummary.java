package synod.kv;

import java.util.Optional;
import synod.paxos.Batch;
import synod.paxos.Bytes;

/**
 * The state at one slot in a few numbers: equal on two replicas at an equal slot (invariants I6 and
 * I7).
 *
 * @param applied the last applied slot; 0 at first
 * @param chain a hash over the batches of all slots so far
 * @param keys how many keys there are
 * @param digest a hash over all keys with their values and versions
 * @param time the time of the log: the greatest time of a batch so far, in ms since 1970
 * @param sessions a hash over all that sessions remember
 */
public record StateSummary(
    long applied, long chain, long keys, long digest, long time, long sessions) {
  static final StateSummary EMPTY = new StateSummary(0, 0, 0, 0, 0, 0);

  private static final Bytes KEY = Bytes.utf8("summary");
  private static final int LAYOUT = 2;

  /** One hash over keys and sessions. */
  public long wholeDigest() {
    return Mix.mix(digest, sessions);
  }

  /** The summary after the batch, which left so many keys and these digests. */
  StateSummary next(Batch batch, long keysThen, long digestThen, long sessionsThen) {
    long slot = applied + 1;
    long link = Mix.mix(Mix.mix(Mix.mix(chain, slot), batch.time()), batch.commands());
    return new StateSummary(
        slot, link, keysThen, digestThen, Math.max(time, batch.time()), sessionsThen);
  }

  StateSummary recounted(long keysFound, long digestFound, long sessionsFound) {
    return new StateSummary(applied, chain, keysFound, digestFound, time, sessionsFound);
  }

  void stage(Changes changes) {
    ByteWriter record = new ByteWriter(1 + 6 * Long.BYTES).putByte(LAYOUT);
    record.putLong(applied).putLong(chain).putLong(keys).putLong(digest).putLong(time);
    record.putLong(sessions);
    changes.put(StateStore.Table.STATE, KEY, record.done());
  }

  /**
   * The summary that stands in a state.
   *
   * @throws Malformed if it is none that this version knows
   */
  public static StateSummary read(StateReader state) {
    Optional<Bytes> record = state.get(StateStore.Table.STATE, KEY);
    return record.map(StateSummary::decode).orElse(EMPTY);
  }

  private static StateSummary decode(Bytes record) {
    ByteReader from = ByteReader.of(record);
    int layout = from.readByte();
    if (layout != LAYOUT) {
      throw new Malformed("the state has layout " + layout + ", this version knows " + LAYOUT);
    }
    StateSummary summary =
        new StateSummary(
            from.readLong(),
            from.readLong(),
            from.readLong(),
            from.readLong(),
            from.readLong(),
            from.readLong());
    from.expectEnd();
    return summary;
  }
}
