package synod.sim;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import synod.check.Operation;
import synod.kv.Answer;
import synod.kv.Command;
import synod.kv.Numbered;
import synod.kv.Outcome;
import synod.kv.SessionAnswer;
import synod.kv.SessionAnswer.Reason;
import synod.kv.SessionRequest;
import synod.kv.Ticket;
import synod.paxos.ReplicaId;

/**
 * One that asks, waits for the outcome, thinks, and asks again, each time at a replica that chance
 * picks. If its connection breaks, or the outcome is unknown, it may ask what became of it; one
 * with a session sends the same command again under the same number.
 */
final class Client {
  private static final int MOST_ATTEMPTS = 6;
  private static final long PATIENCE = 5_000_000;
  private static final ReplicaId NOBODY = new ReplicaId(0);

  private final String name;
  private final World world;
  private final Clients clients;
  private final SplittableRandom random;
  private boolean wantsSession;
  private long session;
  private long number;
  private int asked;
  private Optional<Asking> asking = Optional.empty();
  private boolean resting;

  /** What it waits for. */
  private static final class Asking {
    private final Task task;
    private final long called;
    private final long doneBefore;
    private int attempts;
    private int attempt;
    private ReplicaId at = NOBODY;

    /** Whether an attempt may have taken effect whose outcome is not known. */
    private boolean loose;

    Asking(Task task, long called, long doneBefore) {
      this.task = task;
      this.called = called;
      this.doneBefore = doneBefore;
    }
  }

  Client(String name, World world, Clients clients, SplittableRandom random) {
    this.name = name;
    this.world = world;
    this.clients = clients;
    this.random = random;
    this.wantsSession = random.nextInt(100) < world.plan().get(Knob.SESSIONS);
  }

  /** Nothing new from now on. */
  void rest() {
    resting = true;
  }

  boolean isIdle() {
    return asking.isEmpty();
  }

  void think() {
    long micros = 1_000 * (1 + random.nextLong(2 * world.plan().get(Knob.THINK) + 1));
    world.timeline().in(micros, this::begin);
  }

  private void begin() {
    if (resting || !isIdle()) {
      return;
    }
    String padding = "x".repeat(world.plan().number(Knob.PADDING));
    String mark = Clients.MARK + name + "." + ++asked;
    int keys = world.plan().number(Knob.KEYS);
    ask(
        clients.mayLeaveOpen()
            ? Task.any(random, keys, padding + mark)
            : Task.reading(random, keys));
  }

  /** Asks for this now. */
  void ask(Task task) {
    Asking next = new Asking(task, world.timeline().now(), clients.order().done());
    asking = Optional.of(next);
    attempt(next);
  }

  // ---------------------------------------------------------------- attempts

  private void attempt(Asking one) {
    List<WholeReplica> alive = world.alive();
    if (alive.isEmpty()) {
      world.timeline().in(50_000, () -> attempt(one));
      return;
    }
    WholeReplica at = alive.get(random.nextInt(alive.size()));
    int attempt = ++one.attempt;
    one.attempts++;
    one.at = at.self();
    world.timeline().in(PATIENCE, () -> lost(one, attempt, at.self()));
    clients.say(() -> name + " asks " + at.self() + ": " + one.task.words() + " #" + attempt);
    if (one.task.request().isEmpty()) {
      at.read(one.task.query(), outcome -> read(one, attempt, at, outcome));
    } else if (wantsSession && session == 0) {
      var open = new SessionRequest.Open(world.plan().sessions());
      at.write(new Command.InSession(open), outcome -> opened(one, attempt, outcome));
    } else {
      Command command = one.task.request().get();
      Command sent = wantsSession ? numbered(one, command) : command;
      at.write(sent, outcome -> written(one, attempt, outcome));
    }
  }

  private Command numbered(Asking one, Command command) {
    if (one.attempts == 1 || number == 0) {
      number++;
    }
    Ticket ticket = new Ticket(session, number, random.nextBoolean() ? number : 0);
    return new Command.InSession(new SessionRequest.Do(new Numbered(ticket, command)));
  }

  private boolean isOver(Asking one, int attempt) {
    return !asking.equals(Optional.of(one)) || one.attempt != attempt;
  }

  /** The replica has died, or does not answer: nobody knows. */
  private void lost(Asking one, int attempt, ReplicaId at) {
    if (!isOver(one, attempt)) {
      clients.say(() -> name + " hears nothing of " + at);
      one.loose = true;
      again(one);
    }
  }

  void ended(WholeReplica replica) {
    asking
        .filter(one -> one.at.equals(replica.self()))
        .ifPresent(
            one -> {
              int attempt = one.attempt;
              world.timeline().in(1_000, () -> lost(one, attempt, replica.self()));
            });
  }

  private void again(Asking one) {
    one.attempt++;
    one.at = NOBODY;
    boolean canRepeat = one.task.request().isEmpty() || wantsSession || !one.loose;
    if (canRepeat && one.attempts < MOST_ATTEMPTS) {
      world.timeline().in(1_000 + random.nextLong(200_000), () -> attempt(one));
    } else {
      giveUp(one);
    }
  }

  /** It goes on as another client would: what it asked for may take effect at any time. */
  private void giveUp(Asking one) {
    if (one.loose) {
      if (one.task.request().isPresent() && one.task.isRecorded()) {
        clients.record(operation(one, Optional.empty()));
      }
      session = 0;
      number = 0;
    } else {
      one.task.mark().ifPresent(clients.order()::notDone);
    }
    next();
  }

  private void next() {
    asking = Optional.empty();
    think();
  }

  // ---------------------------------------------------------------- outcomes

  private void opened(Asking one, int attempt, Outcome outcome) {
    if (isOver(one, attempt)) {
      return;
    }
    if (outcome instanceof Outcome.Done done
        && done.answer() instanceof Answer.OfSession answer
        && answer.answer() instanceof SessionAnswer.Alive alive) {
      session = alive.session();
      number = 0;
      one.attempts = 0;
      attempt(one);
    } else {
      wantsSession &= !isFull(outcome);
      again(one);
    }
  }

  /** As many sessions live as may: it does without. */
  private static boolean isFull(Outcome outcome) {
    return outcome instanceof Outcome.Done done
        && done.answer() instanceof Answer.OfSession answer
        && answer.answer().equals(new SessionAnswer.Refusal(Reason.TOO_MANY));
  }

  private void read(Asking one, int attempt, WholeReplica at, Outcome outcome) {
    if (isOver(one, attempt)) {
      return;
    }
    if (outcome instanceof Outcome.Done done) {
      clients.order().read(at.state().applied(), one.doneBefore);
      succeeded(one, done.answer());
    } else {
      again(one);
    }
  }

  private void written(Asking one, int attempt, Outcome outcome) {
    if (isOver(one, attempt)) {
      return;
    }
    clients.say(() -> name + " is told: " + outcome);
    if (outcome instanceof Outcome.Done done) {
      answered(one, done.answer());
    } else if (outcome instanceof Outcome.Unknown unknown) {
      one.loose = true;
      unknown(one, attempt, unknown);
    } else {
      again(one);
    }
  }

  private void answered(Asking one, Answer answer) {
    if (answer instanceof Answer.OfSession refused
        && refused.answer() instanceof SessionAnswer.Refusal refusal) {
      Reason reason = refusal.reason();
      one.loose = reason == Reason.NOT_KEPT || (one.loose && reason != Reason.SEALED);
      session = 0;
      giveUp(one);
    } else {
      succeeded(one, answer);
    }
  }

  private void succeeded(Asking one, Answer answer) {
    one.task.mark().ifPresent(mark -> clients.order().done(mark, one.doneBefore));
    if (one.task.isRecorded()) {
      clients.record(operation(one, Optional.of(one.task.words(answer))));
    }
    clients.succeeded(name);
    next();
  }

  /** Whoever has no session may ask for the outcome under the gateway's. */
  private void unknown(Asking one, int attempt, Outcome.Unknown unknown) {
    List<WholeReplica> alive = world.alive();
    if (wantsSession || alive.isEmpty() || random.nextInt(3) == 0) {
      again(one);
      return;
    }
    WholeReplica at = alive.get(random.nextInt(alive.size()));
    one.at = at.self();
    world.timeline().in(PATIENCE, () -> lost(one, attempt, at.self()));
    var fate = new SessionRequest.Fate(unknown.session(), unknown.number());
    clients.say(() -> name + " asks " + at.self() + " for the outcome");
    at.write(new Command.InSession(fate), outcome -> fate(one, attempt, outcome));
  }

  private void fate(Asking one, int attempt, Outcome outcome) {
    if (isOver(one, attempt)) {
      return;
    }
    clients.say(() -> name + " is told: " + outcome);
    if (outcome instanceof Outcome.Done done
        && done.answer() instanceof Answer.OfSession answer
        && answer.answer() instanceof SessionAnswer.Was was) {
      clients.settled();
      succeeded(one, was.answer());
    } else {
      one.loose = !isNever(outcome);
      giveUp(one);
    }
  }

  private static boolean isNever(Outcome outcome) {
    return outcome instanceof Outcome.Done done
        && done.answer() instanceof Answer.OfSession answer
        && answer.answer().equals(new SessionAnswer.Refusal(Reason.GIVEN_UP));
  }

  private Operation operation(Asking one, Optional<String> answer) {
    long returned = answer.isPresent() ? world.timeline().now() : Operation.NEVER;
    return new Operation(clients.number(), name, one.task.words(), one.called, answer, returned);
  }
}
