package synod.door;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import synod.kv.Answer;
import synod.kv.Answers;
import synod.kv.Audit;
import synod.kv.Command;
import synod.kv.Commands;
import synod.kv.Machine;
import synod.kv.Outcome;
import synod.kv.Query;
import synod.kv.SessionId;
import synod.kv.SessionLimits;
import synod.kv.StateSummary;
import synod.kv.Ticket;
import synod.memory.MemoryState;
import synod.paxos.Ballot;
import synod.paxos.Batch;
import synod.paxos.Quorums;
import synod.paxos.ReplicaId;
import synod.replica.Chronicle;
import synod.replica.Copied;
import synod.replica.LogLine;
import synod.replica.Replica;
import synod.replica.RoleName;
import synod.replica.Status;
import synod.trace.Entry;

/**
 * A store in memory behind the interface of a replica. While it {@link #hold}s, what is asked of it
 * waits until the test releases it, in the order that the test wants.
 */
final class MemoryReplica implements Replica {
  private static final long SESSION = new SessionId(new ReplicaId(2), 1).value();

  private final Machine machine = Machine.open(new MemoryState());
  private final List<LogLine> log = new ArrayList<>();
  private final Map<Long, Batch> batches = new TreeMap<>();
  private final Chronicle chronicle =
      new Chronicle(
          List.of(new ReplicaId(1), new ReplicaId(2)), () -> 7_000_000, Duration.ofMillis(100));
  private final ArrayDeque<Runnable> held = new ArrayDeque<>();
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<Entry>> tracers = new CopyOnWriteArrayList<>();
  private final List<ReplicaId> cut = new CopyOnWriteArrayList<>();
  private long time = 1000;
  private boolean holds;
  private boolean rotten;
  private Optional<Outcome> outcome = Optional.empty();
  private Optional<ReplicaId> leader = Optional.of(new ReplicaId(1));

  @Override
  public ReplicaId self() {
    return new ReplicaId(2);
  }

  @Override
  public synchronized void write(Command command, Consumer<Outcome> then) {
    settle(() -> then.accept(outcome.orElseGet(() -> new Outcome.Done(apply(command)))));
  }

  @Override
  public SessionLimits sessionLimits() {
    return new SessionLimits(60_000, 4);
  }

  @Override
  public synchronized void read(Query query, Consumer<Outcome> then) {
    settle(() -> then.accept(outcome.orElseGet(() -> new Outcome.Done(machine.answer(query)))));
  }

  private void settle(Runnable step) {
    if (holds) {
      held.add(step);
      notifyAll();
    } else {
      step.run();
    }
  }

  private Answer apply(Command command) {
    long slot = machine.applied() + 1;
    log.add(new LogLine(slot, time, 1, command.getClass().getSimpleName()));
    Batch batch = new Batch(time, Commands.encode(new Ticket(SESSION, slot, slot), command));
    batches.put(slot, batch);
    time++;
    return Answers.decode(machine.apply(slot, batch, false).get(0).answer());
  }

  @Override
  public Answer look(Query query) {
    return machine.answer(query);
  }

  /** From now on the time of the log is later; each command adds one ms as well. */
  synchronized void advance(long ms) {
    time += ms;
    apply(new Command.Put(List.of()));
  }

  /** From now on nothing is answered until it is released. */
  synchronized void hold() {
    holds = true;
  }

  /** Waits until that many requests are held, and answers none. */
  synchronized void awaitHeld(int count) throws InterruptedException {
    long end = System.nanoTime() + 10_000_000_000L;
    while (held.size() < count) {
      if (System.nanoTime() > end) {
        throw new AssertionError("only " + held.size() + " of " + count + " requests came");
      }
      wait(100);
    }
  }

  synchronized int held() {
    return held.size();
  }

  synchronized void releaseNewest() {
    held.removeLast().run();
  }

  /** Answers all that is held, and from now on at once. */
  synchronized void releaseAll() {
    holds = false;
    while (!held.isEmpty()) {
      held.removeFirst().run();
    }
  }

  /** From now on every command and query ends so. */
  synchronized void endWith(Outcome next) {
    outcome = Optional.of(next);
  }

  synchronized void lead(Optional<ReplicaId> next) {
    leader = next;
  }

  @Override
  public synchronized Optional<ReplicaId> leader() {
    return leader;
  }

  @Override
  public synchronized Status status() {
    return new Status(
        self(),
        leader,
        new Ballot(7, new ReplicaId(1)),
        List.of(
            new Status.Role(RoleName.PROPOSER, "idle", 0),
            new Status.Role(RoleName.ACCEPTOR, "ready", 0)),
        new Ballot(7, new ReplicaId(1)),
        log.size(),
        log.size(),
        0,
        0xdeadbeefL,
        machine.summary().keys(),
        -2,
        List.of(
            new Status.Peer(new ReplicaId(1), "127.0.0.1", 7001, true, "up"),
            new Status.Peer(new ReplicaId(2), "127.0.0.1", 7002, false, "unreachable")),
        3,
        12345,
        log.size(),
        new Quorums(2, 1),
        List.copyOf(cut));
  }

  @Override
  public synchronized List<LogLine> log(long from, int count) {
    return log.stream().filter(line -> line.slot() >= from).limit(count).toList();
  }

  @Override
  public synchronized Optional<Batch> applied(long slot) {
    return Optional.ofNullable(batches.get(slot));
  }

  @Override
  public Chronicle chronicle() {
    return chronicle;
  }

  @Override
  public List<StateSummary> summaries(long from, int count) {
    return machine.summaries(from, count);
  }

  /** From now on an audit finds another digest. */
  synchronized void rot() {
    rotten = true;
  }

  @Override
  public synchronized void audit(Consumer<Audit> then) {
    Audit audit = machine.audit();
    StateSummary told = audit.told();
    StateSummary other =
        new StateSummary(
            told.applied(),
            told.chain(),
            told.keys(),
            ~told.digest(),
            told.time(),
            told.sessions());
    then.accept(rotten ? new Audit(told, other) : audit);
  }

  @Override
  public void crash(RoleName role) {
    emit("role-crashed " + role);
  }

  @Override
  public void readmit() {
    emit("readmit");
  }

  @Override
  public void cut(ReplicaId peer) {
    cut.add(peer);
  }

  @Override
  public void heal(ReplicaId peer) {
    cut.remove(peer);
  }

  @Override
  public void healAll() {
    cut.clear();
  }

  @Override
  public void elect() {
    emit("token-started");
  }

  @Override
  public synchronized void snapshot(Consumer<Copied> then) {
    settle(() -> then.accept(new Copied.Done(new StateSummary(log.size(), 0, 7, 11, 0, 0))));
  }

  @Override
  public synchronized void backup(Path to, Consumer<Copied> then) {
    settle(
        () ->
            then.accept(
                to.endsWith("full")
                    ? new Copied.Refused(to + " is not empty")
                    : new Copied.Done(new StateSummary(log.size(), 0, 7, 11, 0, 0))));
  }

  @Override
  public Subscription follow(Consumer<String> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public Subscription trace(Consumer<Entry> listener) {
    tracers.add(listener);
    return () -> tracers.remove(listener);
  }

  void write(Entry entry) {
    tracers.forEach(each -> each.accept(entry));
  }

  int tracers() {
    return tracers.size();
  }

  void emit(String event) {
    listeners.forEach(each -> each.accept(event));
  }

  int listeners() {
    return listeners.size();
  }
}
