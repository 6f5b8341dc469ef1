package synod.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import synod.kv.SessionAnswer.Reason;
import synod.paxos.ReplicaId;
import synod.paxos.Reply;

/**
 * Several clients' sessions over several gateways, whose messages are lost, doubled, delayed and
 * reordered, against a model that is too simple to be wrong: each number of a session adds to a key
 * of its own, so a second effect shows (I9). {@code -Dsessions.seed=N} runs one seed.
 */
class SessionSeedsTest {
  private static final int SEEDS = 300;
  private static final int STEPS = 400;

  @Test
  void aNumberTakesEffectOnceAndKeepsItsOutcome() {
    int only = Integer.getInteger("sessions.seed", -1);
    int repeats = 0;
    for (int seed = Math.max(only, 0); seed < (only < 0 ? SEEDS : only + 1); seed++) {
      repeats += run(seed);
    }
    assertEquals(true, only >= 0 || repeats > SEEDS, "hardly a command came twice: " + repeats);
  }

  private static int run(int seed) {
    Run run = new Run(seed);
    try {
      for (int i = 0; i < STEPS; i++) {
        run.step();
      }
      run.compare();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
    return run.model.repeats;
  }

  /** What a gateway has sent, in order; any of it may come at any time, and again. */
  private record Sender(long session, List<Command> sent) {}

  private static final class Run {
    private final SplittableRandom random;
    private final SessionLog log = new SessionLog();
    private final Model model = new Model();
    private final List<Sender> gateways = new ArrayList<>();

    Run(int seed) {
      random = new SplittableRandom(seed);
      for (int replica = 1; replica <= 3; replica++) {
        gateways.add(
            new Sender(new SessionId(new ReplicaId(replica), 1).value(), new ArrayList<>()));
      }
    }

    void step() {
      if (random.nextInt(40) == 0) {
        log.reopen();
      }
      long passed = random.nextInt(60) == 0 ? SessionLog.LIMITS.timeMs() : random.nextInt(20);
      log.pass(passed);
      model.time += passed;
      Sender from = gateways.get(random.nextInt(gateways.size()));
      from.sent().add(new Command.InSession(request()));
      int last = from.sent().size();
      boolean inTime = random.nextInt(3) > 0;
      int number = inTime ? Math.min(model.next(from), last) : 1 + random.nextInt(last);
      deliver(from, number);
    }

    private SessionRequest request() {
      long session = 1L + random.nextInt(Math.max(1, (int) model.opened));
      long number = 1L + random.nextInt(8);
      return switch (random.nextInt(20)) {
        case 0, 1, 2 -> new SessionRequest.Open(SessionLog.LIMITS);
        case 3 -> new SessionRequest.Close(session);
        case 4 -> new SessionRequest.Resume(session);
        case 5, 6, 7 -> new SessionRequest.Fate(session, number);
        default -> {
          long below = random.nextInt(8) == 0 ? random.nextInt((int) number) : 0;
          Command add = SessionLog.add(session + "/" + number);
          yield new SessionRequest.Do(new Numbered(new Ticket(session, number, below), add));
        }
      };
    }

    private void deliver(Sender from, int number) {
      Command command = from.sent().get(number - 1);
      Ticket ticket = new Ticket(from.session(), number, 0);

      List<Reply> replies = log.run(ticket, command);

      Optional<Answer> expected = model.apply(from, number, command);
      assertEquals(expected, replies.stream().map(r -> Answers.decode(r.answer())).findFirst());
    }

    void compare() {
      model.effects.forEach((key, count) -> assertEquals(1, count, key));
      model.effects.forEach((key, count) -> assertEquals(1, log.count(key), key));
      assertEquals(model.effects.size(), log.machine().summary().keys());
      assertEquals(log.machine().recount(), log.machine().summary());
    }
  }

  /** All that ever happened, by (session, number). */
  private static final class Model {
    private final TreeMap<Long, Long> deadlines = new TreeMap<>();
    private final TreeMap<String, Answer> outcomes = new TreeMap<>();
    private final TreeMap<Long, Long> below = new TreeMap<>();
    private final TreeMap<Long, Long> above = new TreeMap<>();
    private final TreeMap<String, Integer> effects = new TreeMap<>();
    private final TreeMap<Long, List<Answer>> carried = new TreeMap<>();
    private long opened;
    private long time = 1;
    private int repeats;

    int next(Sender gateway) {
      return 1 + carried.getOrDefault(gateway.session(), List.of()).size();
    }

    Optional<Answer> apply(Sender from, int number, Command command) {
      List<Answer> before = carried.computeIfAbsent(from.session(), s -> new ArrayList<>());
      deadlines.values().removeIf(deadline -> deadline < time);
      if (number > before.size() + 1) {
        return Optional.empty();
      }
      if (number == before.size() + 1) {
        before.add(answer(((Command.InSession) command).request()));
      }
      return Optional.of(before.get(number - 1));
    }

    private Answer answer(SessionRequest request) {
      if (request instanceof SessionRequest.Open) {
        return deadlines.size() < SessionLog.LIMITS.most()
            ? alive(++opened)
            : SessionLog.refusal(Reason.TOO_MANY);
      }
      if (request instanceof SessionRequest.Close close) {
        deadlines.remove(close.session());
        return new Answer.Done();
      }
      if (request instanceof SessionRequest.Resume resume) {
        return lives(resume.session()) ? alive(resume.session()) : expired();
      }
      if (request instanceof SessionRequest.Fate fate) {
        return lives(fate.session()) ? fate(fate) : expired();
      }
      Ticket ticket = ((SessionRequest.Do) request).numbered().ticket();
      return lives(ticket.session()) ? once(ticket) : expired();
    }

    private boolean lives(long session) {
      return deadlines.containsKey(session);
    }

    private static Answer expired() {
      return SessionLog.refusal(Reason.EXPIRED);
    }

    private Answer alive(long session) {
      used(session);
      long next = Math.max(1, Math.max(below(session), above.getOrDefault(session, 1L)));
      return new Answer.OfSession(
          new SessionAnswer.Alive(session, SessionLog.LIMITS.timeMs(), next));
    }

    private void used(long session) {
      deadlines.put(session, time + SessionLog.LIMITS.timeMs());
    }

    private long below(long session) {
      return below.getOrDefault(session, 0L);
    }

    private Answer fate(SessionRequest.Fate asked) {
      used(asked.session());
      String name = asked.session() + "/" + asked.number();
      if (asked.number() < below(asked.session())) {
        return SessionLog.refusal(Reason.FORGOTTEN);
      }
      outcomes.computeIfAbsent(name, n -> known(asked, SessionLog.refusal(Reason.SEALED)));
      Answer outcome = outcomes.getOrDefault(name, expired());
      return outcome instanceof Answer.Amount ? SessionLog.was(outcome) : outcome;
    }

    private Answer known(SessionRequest.Fate number, Answer outcome) {
      above.merge(number.session(), number.number() + 1, Math::max);
      return outcome;
    }

    private Answer once(Ticket ticket) {
      used(ticket.session());
      below.merge(ticket.session(), ticket.answeredBelow(), Math::max);
      String name = ticket.session() + "/" + ticket.number();
      if (ticket.number() < below(ticket.session())) {
        return SessionLog.refusal(Reason.FORGOTTEN);
      }
      if (outcomes.containsKey(name)) {
        repeats++;
      } else {
        effects.merge(name, 1, Integer::sum);
        outcomes.put(
            name,
            known(
                new SessionRequest.Fate(ticket.session(), ticket.number()), new Answer.Amount(1)));
      }
      return outcomes.getOrDefault(name, expired());
    }
  }
}
