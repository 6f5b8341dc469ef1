package synod.sim.twophase;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import synod.paxos.Invariant;

/**
 * Holds a copy of the keys. State: locks; transactions it is uncertain of, durable since it voted
 * yes; the outcomes that it knows. It never forgets an outcome: a real one would have to at some
 * time, this one lives for seconds.
 *
 * <ol>
 *   <li>Between its vote and the decision it neither commits nor aborts (Bernstein et al., 7.3: the
 *       uncertainty period), whoever it may ask.
 *   <li>Before its vote it may refuse by itself.
 * </ol>
 */
public final class Participant {
  private static final long PATIENCE = 100;

  private final int self;
  private final List<Integer> all;
  private final Site site;
  private final TreeMap<String, Long> locks = new TreeMap<>();
  private final TreeMap<Long, Doubt> doubts = new TreeMap<>();
  private final TreeMap<Long, Boolean> outcomes = new TreeMap<>();

  private static final class Doubt {
    final Transaction transaction;
    final TreeSet<Integer> asUncertain = new TreeSet<>();
    long since;
    boolean voted;
    boolean closing;

    Doubt(Transaction transaction, long since) {
      this.transaction = transaction;
      this.since = since;
    }
  }

  /** Goes on from what is durable: whoever was uncertain before is so again, and locks again. */
  public Participant(int self, List<Integer> all, Site site, List<LogRecord> log) {
    this.self = self;
    this.all = List.copyOf(all);
    this.site = site;
    TreeMap<Long, Transaction> open = new TreeMap<>();
    for (LogRecord entry : log) {
      if (entry instanceof LogRecord.Prepared prepared) {
        open.put(prepared.transaction().number(), prepared.transaction());
      } else if (entry instanceof LogRecord.Outcome outcome) {
        open.remove(outcome.number());
        outcomes.put(outcome.number(), outcome.commit());
      }
    }
    open.values().forEach(transaction -> lock(transaction).voted = true);
  }

  public void receive(int from, Message message) {
    long number = message.number();
    if (message instanceof Message.VoteRequest request) {
      vote(from, request.transaction());
    } else if (message instanceof Message.Commit) {
      commit(from, number);
    } else if (message instanceof Message.Abort) {
      abort(number);
    } else if (message instanceof Message.DecisionRequest) {
      help(from, number);
    } else if (message instanceof Message.Uncertain) {
      isUncertainToo(from, number);
    }
  }

  private void vote(int from, Transaction transaction) {
    long number = transaction.number();
    if (outcomes.containsKey(number) || doubts.containsKey(number)) {
      voteAgain(from, number);
      return;
    }
    Optional<String> taken = transaction.keys().stream().filter(locks::containsKey).findFirst();
    if (taken.isPresent()) {
      long holder = locks.getOrDefault(taken.get(), 0L);
      outcomes.put(number, false);
      site.send(from, new Message.VoteNo(number, holder, taken.get()));
    } else {
      Doubt doubt = lock(transaction);
      site.write(new LogRecord.Prepared(transaction), () -> voteYes(from, doubt));
    }
  }

  private void voteAgain(int from, long number) {
    Doubt doubt = doubts.get(number);
    if (doubt != null && doubt.voted) {
      site.send(from, new Message.VoteYes(number));
    } else if (Boolean.FALSE.equals(outcomes.get(number))) {
      site.send(from, new Message.VoteNo(number, 0, ""));
    }
  }

  private Doubt lock(Transaction transaction) {
    Doubt doubt = new Doubt(transaction, site.now());
    doubts.put(transaction.number(), doubt);
    for (String key : transaction.keys()) {
      locks.put(key, transaction.number());
      site.happened("Locked", transaction.number(), key);
    }
    return doubt;
  }

  private void voteYes(int coordinator, Doubt doubt) {
    long number = doubt.transaction.number();
    if (doubts.get(number) == doubt) {
      doubt.voted = true;
      doubt.since = site.now();
      site.send(coordinator, new Message.VoteYes(number));
    }
  }

  private void commit(int from, long number) {
    Doubt doubt = doubts.get(number);
    if (doubt == null) {
      Invariant.check(
          Boolean.TRUE.equals(outcomes.get(number)),
          "%s is told to commit %s, and has not voted yes",
          self,
          number);
      site.send(from, new Message.Ack(number));
    } else if (!doubt.closing) {
      doubt.closing = true;
      site.write(new LogRecord.Outcome(number, true), () -> close(doubt, true, from));
    }
  }

  /** Needs no record before: of what nobody knows the outcome is abort. */
  private void abort(long number) {
    Doubt doubt = doubts.get(number);
    if (doubt == null) {
      Invariant.check(
          !Boolean.TRUE.equals(outcomes.get(number)),
          "%s is told to abort %s, which is committed",
          self,
          number);
      outcomes.put(number, false);
    } else {
      Invariant.check(!doubt.closing, "%s is told both outcomes of %s", self, number);
      site.write(new LogRecord.Outcome(number, false), () -> {});
      close(doubt, false, doubt.transaction.coordinator());
    }
  }

  private void close(Doubt doubt, boolean commit, int teller) {
    long number = doubt.transaction.number();
    doubts.remove(number);
    outcomes.put(number, commit);
    site.happened(commit ? "Committed" : "Aborted", number, "");
    for (String key : doubt.transaction.keys()) {
      locks.remove(key);
      site.happened("Unlocked", number, key);
    }
    if (commit) {
      site.send(teller, new Message.Ack(number));
    }
  }

  // ---------------------------------------------------------------- cooperative termination

  /** Another participant asks: who knows tells, and who has not voted may refuse. */
  private void help(int from, long number) {
    Boolean outcome = outcomes.get(number);
    Doubt doubt = doubts.get(number);
    if (outcome != null) {
      site.send(from, outcome ? new Message.Commit(number) : new Message.Abort(number));
    } else if (doubt == null) {
      outcomes.put(number, false);
      site.write(
          new LogRecord.Outcome(number, false), () -> site.send(from, new Message.Abort(number)));
    } else if (doubt.voted) {
      site.send(from, new Message.Uncertain(number));
    }
  }

  private void isUncertainToo(int other, long number) {
    Doubt doubt = doubts.get(number);
    if (doubt != null
        && doubt.asUncertain.add(other)
        && doubt.asUncertain.size() == all.size() - 1) {
      site.happened("Blocked", number, "all others have voted yes as well, and know no more");
    }
  }

  /** Whoever waits for a decision asks all who may know it. */
  public void tick() {
    for (Doubt doubt : doubts.values()) {
      if (doubt.voted && site.now() - doubt.since >= PATIENCE) {
        doubt.since = site.now();
        Message request =
            new Message.DecisionRequest(
                doubt.transaction.number(), doubt.transaction.coordinator());
        site.send(doubt.transaction.coordinator(), request);
        all.stream().filter(other -> other != self).forEach(other -> site.send(other, request));
      }
    }
  }

  public boolean holdsLocks() {
    return !locks.isEmpty();
  }
}
