package synod.sim;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import synod.kv.Answer;
import synod.kv.Answers;
import synod.kv.Command;
import synod.kv.Commands;
import synod.kv.Numbered;
import synod.kv.Query;
import synod.kv.SessionAnswer;
import synod.kv.SessionId;
import synod.kv.SessionRequest;
import synod.kv.Ticket;
import synod.paxos.Batch;
import synod.paxos.Bytes;
import synod.paxos.Invariant;
import synod.paxos.Reply;

/**
 * The second judge of what clients see, beside the search for an order: the order is known, it is
 * that of the slots.
 *
 * <ol>
 *   <li>I9: what a client writes, which is unique, is written in one slot, and a repeat gets the
 *       first answer, in a gateway's session and in a client's; what a gateway sends is done in the
 *       order of its numbers.
 *   <li>I10: what was done before something else was asked for has a lower slot, and a read is
 *       answered from a state that has all which was done before.
 *   <li>I13: what is not done has no slot.
 * </ol>
 */
final class SlotOrder implements Observer {
  private static final int PLACES = 20;
  private static final Answer GIVEN_UP =
      new Answer.OfSession(new SessionAnswer.Refusal(SessionAnswer.Reason.GIVEN_UP));

  private record Ticketed(long session, long number) implements Comparable<Ticketed> {
    @Override
    public int compareTo(Ticketed that) {
      int bySession = Long.compare(session, that.session);
      return bySession != 0 ? bySession : Long.compare(number, that.number);
    }
  }

  private final TreeMap<String, Long> slots = new TreeMap<>();
  private final TreeSet<Ticketed> seen = new TreeSet<>();
  private final TreeMap<Ticketed, Bytes> answers = new TreeMap<>();
  private final TreeSet<String> notDone = new TreeSet<>();
  private final TreeMap<Long, Long> lastNumbers = new TreeMap<>();
  private long lastApplied;

  /** A slot was applied by one that died of it: what it answered first is not known. */
  private boolean blind;

  private long done;

  /** All that was done by now is in the slots up to this one. */
  long done() {
    return done;
  }

  /** A client has been told that it is done; {@code before} is {@link #done} when it asked. */
  void done(String written, long before) {
    String mark = mark(written);
    Long slot = slots.get(mark);
    if (slot != null) {
      Invariant.check(slot > before, "I10: %s is in slot %s, before %s", mark, slot, before);
      done = Math.max(done, slot);
    }
  }

  /** A client has been answered from a state that had this slot applied. */
  void read(long applied, long before) {
    Invariant.check(applied >= before, "I10: read at slot %s what %s changed", applied, before);
  }

  /** A client has been told that it is not done and never will be. */
  void notDone(String written) {
    String mark = mark(written);
    notDone.add(mark);
    Invariant.check(!slots.containsKey(mark), "I13: %s is not done, and was written", mark);
  }

  @Override
  public void applied(WholeReplica at, long slot, Batch batch, List<Reply> replies) {
    if (slot <= lastApplied) {
      return;
    }
    blind |= lastApplied > 0 && slot != lastApplied + 1;
    lastApplied = slot;
    replies.forEach(this::answered);
    TreeMap<Ticketed, Ticketed> once = new TreeMap<>();
    List<Numbered> commands = Commands.decode(batch.commands());
    TreeSet<Bytes> renewed = new TreeSet<>();
    commands.forEach(numbered -> renews(numbered.command()).ifPresent(renewed::add));
    for (Numbered numbered : commands) {
      keys(numbered.command()).stream()
          .filter(key -> !renewed.contains(key))
          .forEach(key -> look(at, slot, key));
      inSession(numbered).ifPresent(ticket -> once.put(ticketed(numbered.ticket()), ticket));
    }
    for (Reply reply : replies) {
      Ticketed ticket = once.get(new Ticketed(reply.session(), reply.number()));
      if (ticket != null) {
        answered(ticket, reply.answer());
      }
    }
  }

  private void answered(Reply reply) {
    Ticketed ticket = new Ticketed(reply.session(), reply.number());
    if (seen.add(ticket) && !blind && hasEffect(reply) && SessionId.isGateways(reply.session())) {
      long last = lastNumbers.getOrDefault(reply.session(), 0L);
      Invariant.check(reply.number() > last, "I9: done behind number %s: %s", last, reply);
      lastNumbers.put(reply.session(), reply.number());
    }
    if (!isHeld(reply)) {
      isFirst(ticket, reply.answer());
    }
  }

  /**
   * A command of a client's session, which may come under many numbers of gateways. What is no
   * answer of the store is a refusal, or goes to whoever gave the number up.
   */
  private void answered(Ticketed ticket, Bytes answer) {
    if (!(Answers.decode(answer) instanceof Answer.OfSession)) {
      isFirst(ticket, answer);
    }
  }

  private void isFirst(Ticketed ticket, Bytes answer) {
    Bytes first = answers.putIfAbsent(ticket, answer);
    Invariant.check(
        first == null || first.equals(answer), "I9: a repeat is answered so: %s", ticket);
  }

  private static Optional<Ticketed> inSession(Numbered numbered) {
    return numbered.command() instanceof Command.InSession session
            && session.request() instanceof SessionRequest.Do once
        ? Optional.of(ticketed(once.numbered().ticket()))
        : Optional.empty();
  }

  private static Ticketed ticketed(Ticket ticket) {
    return new Ticketed(ticket.session(), ticket.number());
  }

  /** A number may be sealed before it comes, and others be done before it. */
  private static boolean hasEffect(Reply reply) {
    return !isHeld(reply) && !Answers.decode(reply.answer()).equals(GIVEN_UP);
  }

  /** Whoever gives a command up gets no answer to it. */
  private static boolean isHeld(Reply reply) {
    return Answers.decode(reply.answer()) instanceof Answer.OfSession session
        && session.answer() instanceof SessionAnswer.Held;
  }

  private void look(WholeReplica at, long slot, Bytes key) {
    Answer.Versioned found = (Answer.Versioned) at.state().answer(new Query.Versioned(key));
    if (found.version() >> PLACES == slot) {
      found
          .value()
          .map(Bytes::utf8)
          .filter(value -> value.contains(Clients.MARK))
          .ifPresent(value -> written(mark(value), slot));
    }
  }

  private void written(String mark, long slot) {
    Long before = slots.putIfAbsent(mark, slot);
    Invariant.check(
        before == null || before == slot, "I9: %s is written in %s and %s", mark, before, slot);
    Invariant.check(!notDone.contains(mark), "I13: %s is written, and was not done", mark);
  }

  /** The key whose value it leaves, and whose version it does not: a repeat would look like new. */
  private static Optional<Bytes> renews(Command command) {
    if (command instanceof Command.InSession session
        && session.request() instanceof SessionRequest.Do once) {
      return renews(once.numbered().command());
    }
    return command instanceof Command.Expire expire ? Optional.of(expire.key()) : Optional.empty();
  }

  /** The last that was written into the value. */
  private static String mark(String value) {
    return value.substring(value.lastIndexOf(Clients.MARK));
  }

  private static List<Bytes> keys(Command command) {
    if (command instanceof Command.InSession session
        && session.request() instanceof SessionRequest.Do once) {
      return keys(once.numbered().command());
    } else if (command instanceof Command.Put put) {
      return put.entries().stream().map(Command.Entry::key).toList();
    } else if (command instanceof Command.PutNew put) {
      return put.entries().stream().map(Command.Entry::key).toList();
    } else if (command instanceof Command.Set set) {
      return List.of(set.entry().key());
    } else if (command instanceof Command.Append append) {
      return List.of(append.key());
    }
    return List.of();
  }
}
