package synod.kv;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import synod.paxos.Bytes;
import synod.paxos.Invariant;

/**
 * The answers of one incarnation of a gateway that it may still ask for.
 *
 * <p>On disk a session is one record for each slot that changed it, with all answers of that slot,
 * so that a slot costs one record however many commands it has:
 *
 * <pre>
 *   key    session (8 bytes), slot (8 bytes)
 *   value  answeredBelow as of then (varint), then number (varint) and answer (varint length, bytes)
 *          of each command that was answered in that slot
 * </pre>
 *
 * <ol>
 *   <li>Answers to numbers below {@code answeredBelow} are forgotten; it never falls.
 *   <li>Numbers are applied without a gap: {@code next} is the first that has no answer. Beyond it
 *       there are answers only of numbers that were sealed before they came.
 *   <li>A record is deleted once all its answers are forgotten and all before it are deleted. The
 *       newest always stays: it bears {@code answeredBelow}.
 * </ol>
 */
final class Session {
  private final SessionId id;
  private final TreeMap<Long, Bytes> answers = new TreeMap<>();
  private final TreeMap<Long, Bytes> fresh = new TreeMap<>();
  private final Deque<Written> records = new ArrayDeque<>();
  private long answeredBelow;
  private long next = 1;
  private boolean changed;

  /** A record on disk, the highest number in it, and what it adds to the digest. */
  private record Written(long slot, long highest, long digest) {}

  Session(SessionId id) {
    this.id = id;
  }

  SessionId id() {
    return id;
  }

  void forgetBelow(long number) {
    if (number > answeredBelow) {
      answeredBelow = number;
      changed = true;
      answers.headMap(number).clear();
      findNext();
    }
  }

  private void findNext() {
    next = Math.max(next, answeredBelow);
    while (answers.containsKey(next)) {
      next++;
    }
  }

  boolean forgot(long number) {
    return number < answeredBelow;
  }

  /** Whether all before it have been applied, or will never be sent again. */
  boolean isInOrder(long number) {
    return number <= next;
  }

  /** How many numbers before this one have to come first. */
  long awaitedBefore(long number) {
    return number - next;
  }

  Optional<Bytes> answer(long number) {
    return Optional.ofNullable(answers.get(number));
  }

  Bytes remember(long number, Bytes answer) {
    answers.put(number, answer);
    fresh.put(number, answer);
    changed = true;
    findNext();
    return answer;
  }

  /** Stages what this slot changed. */
  void stage(long slot, SessionRecords staged) {
    if (!changed) {
      return;
    }
    Invariant.check(answers.headMap(answeredBelow).isEmpty(), "of %s nothing is forgotten", id);
    long digest = staged.put(StateStore.Table.SESSIONS, key(slot), record(), 0);
    records.add(new Written(slot, fresh.isEmpty() ? 0 : fresh.lastKey(), digest));
    fresh.clear();
    changed = false;
    while (records.size() > 1 && forgot(records.element().highest())) {
      delete(records.remove(), staged);
    }
  }

  void stageEnd(SessionRecords staged) {
    records.forEach(record -> delete(record, staged));
  }

  private void delete(Written record, SessionRecords staged) {
    staged.delete(StateStore.Table.SESSIONS, key(record.slot()), record.digest());
  }

  /** Takes in a record from disk, in the order of the slots. */
  void load(long slot, Bytes bytes) {
    ByteReader record = ByteReader.of(bytes);
    forgetBelow(record.readVarint());
    long highest = 0;
    while (!record.atEnd()) {
      long number = record.readVarint();
      Bytes answer = record.readBytes();
      highest = Math.max(highest, number);
      if (!forgot(number)) {
        answers.put(number, answer);
      }
    }
    long digest = SessionRecords.digest(StateStore.Table.SESSIONS, key(slot), bytes);
    records.add(new Written(slot, highest, digest));
    findNext();
    changed = false;
  }

  private Bytes key(long slot) {
    return new ByteWriter(2 * Long.BYTES).putLong(id.value()).putLong(slot).done();
  }

  private Bytes record() {
    SortedMap<Long, Bytes> asked = fresh.tailMap(answeredBelow);
    int size = ByteWriter.varintSize(answeredBelow);
    for (var answer : asked.entrySet()) {
      size += ByteWriter.varintSize(answer.getKey()) + ByteWriter.bytesSize(answer.getValue());
    }
    ByteWriter to = new ByteWriter(size).varint(answeredBelow);
    asked.forEach((number, answer) -> to.varint(number).bytes(answer));
    return to.done();
  }
}
