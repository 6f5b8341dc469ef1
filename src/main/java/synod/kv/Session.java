package synod.kv;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import synod.paxos.Bytes;

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
  private boolean changed;

  /** A record on disk, and the highest number in it. */
  private record Written(long slot, long highest) {}

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
    }
  }

  boolean forgot(long number) {
    return number < answeredBelow;
  }

  /** Whether all before it have been applied, or will never be sent again. */
  boolean isInOrder(long number) {
    long last = Math.max(0, answeredBelow - 1);
    return number <= 1 + (answers.isEmpty() ? last : Math.max(last, answers.lastKey()));
  }

  Optional<Bytes> answer(long number) {
    return Optional.ofNullable(answers.get(number));
  }

  Bytes remember(long number, Bytes answer) {
    answers.put(number, answer);
    fresh.put(number, answer);
    changed = true;
    return answer;
  }

  /** Stages what this slot changed. */
  void stage(long slot, Changes changes) {
    if (!changed) {
      return;
    }
    changes.put(StateStore.Table.SESSIONS, key(slot), record());
    records.add(new Written(slot, fresh.isEmpty() ? 0 : fresh.lastKey()));
    fresh.clear();
    changed = false;
    while (records.size() > 1 && forgot(records.element().highest())) {
      changes.delete(StateStore.Table.SESSIONS, key(records.remove().slot()));
    }
  }

  void stageEnd(Changes changes) {
    records.forEach(record -> changes.delete(StateStore.Table.SESSIONS, key(record.slot())));
  }

  /** Takes in a record from disk, in the order of the slots. */
  void load(long slot, ByteReader record) {
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
    records.add(new Written(slot, highest));
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
