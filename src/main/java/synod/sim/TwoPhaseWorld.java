package synod.sim;

import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import synod.sim.twophase.LogRecord;
import synod.sim.twophase.Message;
import synod.sim.twophase.Transaction;
import synod.sim.twophase.Verdict;
import synod.trace.Fact;
import synod.trace.Said;

/**
 * Five machines under two-phase commit, on {@link World}'s time, with the delays, losses and sync
 * times of the same {@link Plan}. Machine 1 coordinates; 2 to 5 hold a copy each. While 1 is away
 * clients go to 2, which coordinates as well: a crash stops what was in doubt, and nothing else.
 */
final class TwoPhaseWorld implements Writers.Store {
  static final List<Integer> COPIES = List.of(2, 3, 4, 5);

  private final Plan plan;
  private final Timeline timeline = new Timeline();
  private final Diary diary = new Diary(timeline::now);
  private final TreeMap<Integer, TwoPhaseSite> sites = new TreeMap<>();
  private final SplittableRandom random;
  private LongPredicate trap = now -> false;
  private Consumer<TwoPhaseSite> sprung = site -> {};
  private long transactions;
  private long messages;
  private boolean calm;

  TwoPhaseWorld(Plan plan) {
    this.plan = plan;
    this.random = new SplittableRandom(plan.seed());
    for (int id = 1; id <= 1 + COPIES.size(); id++) {
      sites.put(id, new TwoPhaseSite(id, this));
    }
  }

  void start() {
    sites.values().forEach(TwoPhaseSite::start);
    new Writers(timeline, this, diary).start(plan.seed());
  }

  Timeline timeline() {
    return timeline;
  }

  Diary diary() {
    return diary;
  }

  TwoPhaseSite site(int id) {
    TwoPhaseSite site = sites.get(id);
    if (site == null) {
      throw new IllegalArgumentException("there is no machine " + id);
    }
    return site;
  }

  List<TwoPhaseSite> sites() {
    return List.copyOf(sites.values());
  }

  /** Nothing is lost, doubled or late any more, and every machine runs. */
  void calm() {
    calm = true;
    sites.values().forEach(TwoPhaseSite::start);
  }

  /** Hears once of coordinator 1 at such a moment, when it has decided and has told nobody. */
  void trap(LongPredicate when, Consumer<TwoPhaseSite> then) {
    trap = when;
    sprung = then;
  }

  void durable(TwoPhaseSite site, LogRecord entry) {
    boolean decided = entry instanceof LogRecord.Committed && site == site(1);
    if (decided && trap.test(timeline.now())) {
      trap = now -> false;
      sprung.accept(site);
    }
  }

  // ---------------------------------------------------------------- clients

  @Override
  public void write(String client, List<String> keys, Consumer<Boolean> then) {
    int coordinator = site(1).isUp() ? 1 : 2;
    if (!site(coordinator).isUp()) {
      then.accept(false);
      return;
    }
    Transaction transaction = new Transaction(++transactions, coordinator, keys);
    site(coordinator).begin(transaction, verdict -> told(client, verdict, then));
  }

  private void told(String client, Verdict verdict, Consumer<Boolean> then) {
    if (verdict instanceof Verdict.Aborted aborted && aborted.holder() != 0) {
      diary.happened(
          Diary.CLIENTS, "gateway", "Waits", aborted.holder(), client + " " + aborted.key());
    }
    then.accept(verdict instanceof Verdict.Committed);
  }

  // ---------------------------------------------------------------- the network and the disks

  long syncTime() {
    return 50 + random.nextLong(plan.get(Knob.SYNC) + 1);
  }

  void send(int from, int to, Message message) {
    String id = "m" + ++messages;
    diary.write(from, new Fact.Sent(id, to, said(to, message)));
    if (from != to && chance(Knob.LOSS)) {
      diary.write(from, new Fact.Lost(id, to, said(to, message)));
      return;
    }
    deliver(id, from, to, message);
    if (from != to && chance(Knob.DOUBLE)) {
      deliver(id, from, to, message);
    }
  }

  private void deliver(String id, int from, int to, Message message) {
    long micros = from == to ? 1 + random.nextLong(30) : delay();
    timeline.in(micros, () -> arrives(id, from, to, message));
  }

  private void arrives(String id, int from, int to, Message message) {
    if (site(to).isUp()) {
      diary.write(to, new Fact.Received(id, from, said(to, message)));
      site(to).receive(from, message);
    } else {
      diary.write(from, new Fact.Lost(id, to, said(to, message)));
    }
  }

  private long delay() {
    long usual = plan.get(Knob.DELAY) + random.nextLong(plan.get(Knob.JITTER) + 1);
    return chance(Knob.LATE) ? usual * (2 + random.nextInt(49)) : usual;
  }

  private boolean chance(Knob knob) {
    return plan.is(knob) && !calm && random.nextInt(1_000) < plan.get(knob);
  }

  private static Said said(int at, Message message) {
    boolean up =
        message instanceof Message.VoteYes
            || message instanceof Message.VoteNo
            || message instanceof Message.Ack;
    boolean asks =
        message instanceof Message.DecisionRequest || message instanceof Message.Uncertain;
    boolean toCoordinator =
        up || (message instanceof Message.DecisionRequest one && one.coordinator() == at);
    String from = up || asks ? "participant" : "coordinator";
    String to = toCoordinator ? "coordinator" : "participant";
    return new Said(message.kind(), from, to, "", message.number(), message.toString());
  }
}
