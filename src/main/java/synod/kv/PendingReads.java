package synod.kv;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads that have no answer yet. A read waits to be asked about, then for the slot from which on it
 * may be answered, then for that slot to be applied here.
 */
final class PendingReads {
  private static final Outcome NO_QUORUM =
      new Outcome.NotDone("BUSY no quorum answered in time. Is a majority alive?");

  /**
   * What the session leaves of an id, whose incarnations are told apart by all of their bits. They
   * are milliseconds: a process that asks less often than so many times in each of them never comes
   * to the ids of the next.
   */
  private static final int ID_BITS = 23;

  private final Function<Query, Answer> state;
  private final TreeMap<Long, List<Pending>> asked = new TreeMap<>();
  private final TreeMap<Long, List<Pending>> waiting = new TreeMap<>();
  private List<Pending> unasked = new ArrayList<>();
  private long lastId;
  private int size;

  PendingReads(long session, Function<Query, Answer> state) {
    this.state = state;
    this.lastId = firstId(session);
  }

  /**
   * No life of a gateway asks under an id of another: the answer to a read of the life before,
   * delayed over a restart, would answer one that arrived after its round had begun.
   */
  static long firstId(long session) {
    return session << ID_BITS;
  }

  private record Pending(Query query, long deadline, Consumer<Outcome> then) {}

  int size() {
    return size;
  }

  void add(Query query, long deadline, Consumer<Outcome> then) {
    unasked.add(new Pending(query, deadline, then));
    size++;
  }

  /** One id for all that have not been asked about; nothing if there are none. */
  Optional<Long> ask() {
    if (unasked.isEmpty()) {
      return Optional.empty();
    }
    asked.put(++lastId, unasked);
    unasked = new ArrayList<>();
    return Optional.of(lastId);
  }

  boolean isAsking() {
    return !asked.isEmpty();
  }

  /** An earlier question went to a leader that may not answer. */
  void askAllAgain() {
    asked.values().forEach(unasked::addAll);
    asked.clear();
  }

  /**
   * Takes the reads that were asked about and got no slot. What is returned answers them, once a
   * command that was sent after they arrived is applied here, or tells them that it was not.
   */
  Consumer<Outcome> takeAsked() {
    List<Pending> taken = new ArrayList<>();
    asked.values().forEach(taken::addAll);
    asked.clear();
    return outcome -> taken.forEach(read -> conclude(read, outcome));
  }

  private void conclude(Pending read, Outcome barrier) {
    if (barrier instanceof Outcome.Done) {
      answer(read);
    } else {
      size--;
      read.then().accept(NO_QUORUM);
    }
  }

  void index(long id, long slot, long applied) {
    List<Pending> reads = asked.remove(id);
    if (reads == null) {
      return;
    }
    if (slot <= applied) {
      reads.forEach(this::answer);
    } else {
      waiting.computeIfAbsent(slot, s -> new ArrayList<>()).addAll(reads);
    }
  }

  void applied(long slot) {
    while (!waiting.isEmpty() && waiting.firstKey() <= slot) {
      waiting.pollFirstEntry().getValue().forEach(this::answer);
    }
  }

  private void answer(Pending read) {
    size--;
    read.then().accept(new Outcome.Done(state.apply(read.query())));
  }

  void giveUp(long now) {
    expire(now, NO_QUORUM);
  }

  /** Nobody will answer them here. */
  void end() {
    expire(Long.MAX_VALUE, Gateway.ENDED);
  }

  private void expire(long now, Outcome outcome) {
    expire(unasked, now, outcome);
    asked.values().removeIf(reads -> expire(reads, now, outcome));
    waiting.values().removeIf(reads -> expire(reads, now, outcome));
  }

  /** Whether none is left. */
  private boolean expire(List<Pending> reads, long now, Outcome outcome) {
    reads.removeIf(
        read -> {
          if (read.deadline() > now) {
            return false;
          }
          size--;
          read.then().accept(outcome);
          return true;
        });
    return reads.isEmpty();
  }
}
