package synod.kv;

import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import synod.kv.SessionAnswer.Reason;
import synod.kv.StateStore.Table;
import synod.paxos.Bytes;

/**
 * The numbers of one session whose outcome is known, each with it. They come in any order.
 *
 * <p>On disk: one record in {@link Table#CLIENTS}, with the session's time, the time of its last
 * command and {@code forgottenBelow} (varints), and one in {@link Table#ANSWERS} for each number.
 *
 * <ol>
 *   <li>A number has one outcome, and keeps it: applied once with its first answer, or sealed.
 *   <li>What is kept stays within {@link #MOST_BYTES}: past it the lowest numbers are forgotten, as
 *       those are that the client says it has the answers of.
 *   <li>A number below {@code forgottenBelow}, which never falls, takes no effect.
 * </ol>
 */
final class ClientSession {
  /** Some 500 short answers. */
  static final int MOST_BYTES = 64 * 1024;

  private final long id;
  private final long timeMs;
  private final TreeMap<Long, Kept> kept = new TreeMap<>();
  private final TreeSet<Long> unwritten = new TreeSet<>();
  private final TreeMap<Long, Long> toDelete = new TreeMap<>();
  private long used;
  private long forgottenBelow;
  private long bytes;
  private long written;
  private boolean changed = true;

  ClientSession(long id, long timeMs) {
    this.id = id;
    this.timeMs = timeMs;
  }

  long id() {
    return id;
  }

  /** When it ends, by the time of the log, unless it is used before. */
  long deadline() {
    return used + timeMs;
  }

  void use(long now) {
    changed |= used != now;
    used = now;
  }

  SessionAnswer.Alive alive() {
    long above = kept.isEmpty() ? 1 : kept.lastKey() + 1;
    return new SessionAnswer.Alive(id, timeMs, Math.max(above, forgottenBelow));
  }

  Optional<Kept> kept(long number) {
    return Optional.ofNullable(kept.get(number));
  }

  /** The client has the answers to all numbers below, and repeats none. */
  void acknowledge(long below) {
    while (!kept.isEmpty() && kept.firstKey() < below) {
      forgetLowest();
    }
    changed |= below > forgottenBelow;
    forgottenBelow = Math.max(forgottenBelow, below);
  }

  /** Has the effect if the number is new; the answer is that of the first time. */
  Bytes once(long number, long fingerprint, Supplier<Bytes> effect) {
    Kept before = kept.get(number);
    if (before != null) {
      return before.answerFor(fingerprint);
    }
    if (number < forgottenBelow) {
      return Kept.refusal(Reason.FORGOTTEN);
    }
    Bytes answer = effect.get();
    keep(number, Kept.first(fingerprint, answer));
    return answer;
  }

  /** What became of the number; if nothing yet, then nothing ever will. */
  Bytes fate(long number) {
    if (!kept.containsKey(number) && number >= forgottenBelow) {
      keep(number, Kept.sealed());
      return Kept.refusal(Reason.SEALED);
    }
    return kept(number)
        .map(found -> Kept.fate(found.answer()))
        .orElseGet(() -> Kept.refusal(Reason.FORGOTTEN));
  }

  /** The first outcome of a number stands. */
  void keep(long number, Kept outcome) {
    if (kept.putIfAbsent(number, outcome) == null) {
      unwritten.add(number);
      bytes += outcome.bytes();
      while (bytes > MOST_BYTES) {
        forgetLowest();
      }
    }
  }

  private void forgetLowest() {
    var lowest = kept.pollFirstEntry();
    long number = lowest.getKey();
    bytes -= lowest.getValue().bytes();
    forgottenBelow = Math.max(forgottenBelow, number + 1);
    changed = true;
    if (!unwritten.remove(number)) {
      toDelete.put(number, digest(number, lowest.getValue()));
    }
  }

  // ---------------------------------------------------------------- on disk

  void stage(SessionRecords records) {
    toDelete.forEach((number, digest) -> records.delete(Table.ANSWERS, key(number), digest));
    toDelete.clear();
    for (long number : unwritten) {
      kept(number).ifPresent(k -> records.put(Table.ANSWERS, key(number), k.encode(), 0));
    }
    unwritten.clear();
    if (changed) {
      written = records.put(Table.CLIENTS, key(), record(), written);
      changed = false;
    }
  }

  void stageEnd(SessionRecords records) {
    toDelete.forEach((number, digest) -> records.delete(Table.ANSWERS, key(number), digest));
    unwritten.forEach(kept::remove);
    kept.forEach((n, k) -> records.delete(Table.ANSWERS, key(n), digest(n, k)));
    records.delete(Table.CLIENTS, key(), written);
  }

  static ClientSession load(long id, Bytes record) {
    ByteReader from = ByteReader.of(record);
    ClientSession session = new ClientSession(id, from.readVarint());
    session.used = from.readVarint();
    session.forgottenBelow = from.readVarint();
    session.changed = false;
    session.written = SessionRecords.digest(Table.CLIENTS, session.key(), record);
    return session;
  }

  void load(long number, Kept outcome) {
    kept.put(number, outcome);
    bytes += outcome.bytes();
  }

  private Bytes record() {
    int size =
        ByteWriter.varintSize(timeMs)
            + ByteWriter.varintSize(used)
            + ByteWriter.varintSize(forgottenBelow);
    return new ByteWriter(size).varint(timeMs).varint(used).varint(forgottenBelow).done();
  }

  private Bytes key() {
    return new ByteWriter(Long.BYTES).putLong(id).done();
  }

  private Bytes key(long number) {
    return new ByteWriter(2 * Long.BYTES).putLong(id).putLong(number).done();
  }

  private long digest(long number, Kept outcome) {
    return SessionRecords.digest(Table.ANSWERS, key(number), outcome.encode());
  }
}
