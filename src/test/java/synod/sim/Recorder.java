package synod.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import synod.memory.ForwardingJournal;
import synod.paxos.Acceptance;
import synod.paxos.Ballot;
import synod.paxos.Batch;
import synod.paxos.Envelope;
import synod.paxos.Event;
import synod.paxos.Journal;
import synod.paxos.Message;
import synod.paxos.Outbox;
import synod.paxos.ReplicaId;
import synod.paxos.Reply;
import synod.paxos.Role;
import synod.paxos.Standing;

/**
 * Records a run as a trace for {@code Trace.tla}. It stands between each role and its outbox, and
 * so sees each write, each sync and each message in its order.
 *
 * <p>Batches become numbers, those without commands below 0. Rounds and slots are counted from
 * where the world begins, since TLC's integers have 32 bits. What was said before is not recorded
 * again. The trace ends where a disk is wiped, damaged or put back, which the specification knows
 * nothing of, or when it is long enough.
 */
public final class Recorder implements Observer {
  private final Plan plan;
  private final int most;
  private final List<Step> steps = new ArrayList<>();
  private final Set<String> said = new LinkedHashSet<>();
  private final Map<Batch, Integer> batches = new HashMap<>();
  private final Map<ReplicaId, Pages> pages = new TreeMap<>();
  private final Map<ReplicaId, Long> applied = new TreeMap<>();
  private final Map<ReplicaId, List<Write>> writes = new TreeMap<>();
  private boolean over;

  /** What an acceptor wrote in a step. */
  private record Write(boolean accept, Ballot ballot) {}

  /** Which promises a proposer has whole: what {@code Phase1} finds out for itself. */
  private record Pages(
      Ballot ballot, long from, Map<ReplicaId, Long> expected, TreeSet<ReplicaId> whole) {
    Pages(Ballot ballot, long from) {
      this(ballot, from, new TreeMap<>(), new TreeSet<>());
    }

    void take(ReplicaId acceptor, Message.Promise page) {
      boolean awaited =
          page.ballot().equals(ballot)
              && !whole.contains(acceptor)
              && expected.getOrDefault(acceptor, from) == page.from();
      if (awaited && page.next() == 0) {
        whole.add(acceptor);
      } else if (awaited) {
        expected.put(acceptor, page.next());
      }
    }
  }

  private Recorder(Plan plan, int most) {
    this.plan = plan;
    this.most = most;
  }

  /** The first steps of what the simulator makes of the seed. */
  public static Recorded record(long seed, int most) {
    Script script = Swarm.draw(seed);
    Recorder recorder = new Recorder(script.plan(), most);
    Run.Result result = new Run(script, recorder::host, List.of(recorder)).go();
    result
        .failure()
        .ifPresent(
            failure -> {
              throw new IllegalStateException("seed " + seed + ": " + failure, failure.cause());
            });
    return recorder.recorded();
  }

  private Recorded recorded() {
    return new Recorded(
        plan.seed(),
        plan.number(Knob.REPLICAS),
        plan.number(Knob.PHASE1),
        plan.number(Knob.PHASE2),
        plan.get(Knob.ROUND) > 0 && plan.is(Knob.VOTED),
        steps.stream().filter(step -> step.kind().startsWith("crash")).count(),
        List.copyOf(steps));
  }

  // ---------------------------------------------------------------- between a role and its outbox

  private <M extends Message> Host host(Part<M> part) {
    Outbox.Owner owner = part.owner();
    ReplicaId self = owner.self();
    Outbox.Owner watched =
        new Outbox.Owner(
            self,
            new WatchedJournal(self, part.name(), owner.journal()),
            envelope -> {
              says(part.name(), envelope);
              owner.network().send(envelope);
            },
            event -> {
              happens(self, event);
              owner.events().accept(event);
            });
    Supplier<Role<M>> role = () -> new WatchedRole<>(self, owner.journal(), part.role().get());
    return new PlainHost<>(
        new Part<>(part.name(), part.messages(), role, part.writes(), watched, part.clock()));
  }

  private final class WatchedJournal extends ForwardingJournal {
    private final ReplicaId self;
    private final String role;

    WatchedJournal(ReplicaId self, String role, Journal journal) {
      super(journal);
      this.self = self;
      this.role = role;
    }

    @Override
    public void promise(Ballot ballot) {
      super.promise(ballot);
      written(self).add(new Write(false, ballot));
    }

    @Override
    public void accept(Acceptance acceptance) {
      super.accept(acceptance);
      written(self).add(new Write(true, acceptance.ballot()));
    }

    @Override
    public void makeBallot(Ballot ballot) {
      super.makeBallot(ballot);
      add(Step.of("ballot", self.number()).with("b", ballot(ballot)));
    }

    @Override
    public void truncate(long slot) {
      super.truncate(slot);
      add(Step.of("truncate", self.number()).with("s", slot(slot)));
    }

    @Override
    public void stand(Standing standing) {
      super.stand(standing);
      add(Step.of("sync", self.number()).with("role", "\"none\""));
    }

    @Override
    public void sync() {
      super.sync();
      add(Step.of("sync", self.number()).with("role", '"' + role + '"'));
    }
  }

  private final class WatchedRole<M extends Message> implements Role<M> {
    private final ReplicaId self;
    private final Journal journal;
    private final Role<M> role;

    WatchedRole(ReplicaId self, Journal journal, Role<M> role) {
      this.self = self;
      this.journal = journal;
      this.role = role;
    }

    @Override
    public void start(long now, Outbox outbox) {
      role.start(now, outbox);
    }

    @Override
    public void receive(Envelope<M> envelope, Outbox outbox) {
      Message message = envelope.message();
      if (message instanceof Message.Promise promise) {
        Optional.ofNullable(pages.get(self)).ifPresent(p -> p.take(envelope.from(), promise));
      }
      boolean voting = journal.standing().is(Standing.Kind.VOTING);
      Ballot promised = journal.promised();
      written(self).clear();
      boolean returns = false;
      try {
        role.receive(envelope, outbox);
        returns = true;
      } catch (FragileRole.Crash crash) {
        returns = true;
        throw crash;
      } finally {
        heard(self, message, voting && returns, promised);
      }
    }

    @Override
    public void tick(long now, Outbox outbox) {
      written(self).clear();
      try {
        role.tick(now, outbox);
      } finally {
        promised(self);
      }
    }
  }

  private List<Write> written(ReplicaId self) {
    return writes.computeIfAbsent(self, none -> new ArrayList<>());
  }

  /** What an acceptor has made of a message; {@code answers}: it has come to an answer. */
  private void heard(ReplicaId self, Message message, boolean answers, Ballot promised) {
    boolean wrote = !written(self).isEmpty();
    if (message instanceof Message.Accept accept && !accept.pressing()) {
      if (answers && accept.ballot().isBelow(promised)) {
        refuses(self, accept.ballot());
      }
    } else if (message instanceof Message.Accept accept) {
      if (wrote || (answers && !accept.ballot().isBelow(promised))) {
        add(
            Step.of("onAccept", self.number())
                .with("b", ballot(accept.ballot()))
                .with("s", slot(accept.slot()))
                .with("v", value(accept.batch())));
      } else if (answers) {
        refuses(self, accept.ballot());
      }
    } else if (message instanceof Message.Prepare prepare && !wrote && answers) {
      if (prepare.ballot().isBelow(promised)) {
        refuses(self, prepare.ballot());
      } else if (prepare.ballot().equals(promised)) {
        add(Step.of("onPrepare", self.number()).with("b", ballot(promised)));
      }
    } else if (message instanceof Message.Confirm confirm && answers) {
      if (confirm.ballot().isBelow(promised)) {
        refuses(self, confirm.ballot());
      }
    } else {
      promised(self);
    }
  }

  /** A prepare may have waited for a lease to end, or for the disk to be one that may answer. */
  private void promised(ReplicaId self) {
    for (Write write : written(self)) {
      if (!write.accept()) {
        add(Step.of("onPrepare", self.number()).with("b", ballot(write.ballot())));
      }
    }
  }

  private void refuses(ReplicaId self, Ballot ballot) {
    add(Step.of("refuse", self.number()).with("b", ballot(ballot)));
  }

  // ---------------------------------------------------------------- what is said

  private void says(String role, Envelope<?> envelope) {
    Message message = envelope.message();
    int self = envelope.from().number();
    if (message instanceof Message.Prepare prepare) {
      once(Step.of("prepare", self).with("b", ballot(prepare.ballot())));
    } else if (message instanceof Message.Promise promise) {
      once(promise(self, promise));
    } else if (message instanceof Message.Rejected rejected) {
      once(
          Step.of("rejected", self)
              .with("b", ballot(rejected.ballot()))
              .with("p", ballot(rejected.promised())));
    } else if (message instanceof Message.Accept accept) {
      announces(self, role, accept.ballot(), accept.chosen());
      once(
          Step.of("accept", self)
              .with("b", ballot(accept.ballot()))
              .with("s", slot(accept.slot()))
              .with("v", value(accept.batch())));
    } else if (message instanceof Message.Accepted accepted) {
      once(
          Step.of("accepted", self)
              .with("b", ballot(accepted.ballot()))
              .with("s", slot(accepted.slot())));
    } else if (message instanceof Message.SlotChosen counted) {
      once(
          Step.of("counted", self)
              .with("b", ballot(counted.ballot()))
              .with("s", slot(counted.slot())));
    } else if (message instanceof Message.Chosen chosen) {
      chosen(envelope.from(), role, chosen);
    } else if (message instanceof Message.Learned learned) {
      learned(self, learned);
    }
  }

  private Step promise(int self, Message.Promise promise) {
    return Step.of("promise", self)
        .with("b", ballot(promise.ballot()))
        .with("from", slot(promise.from()))
        .with("next", promise.next() == 0 ? 0 : slot(promise.next()))
        .with("acc", accepted(promise.accepted().stream()))
        .with("t", slot(promise.truncated()));
  }

  /** At no ballot, a proposer tells its learner how far others have truncated, and begins anew. */
  private void chosen(ReplicaId self, String role, Message.Chosen chosen) {
    if (!chosen.ballot().equals(Ballot.NONE)) {
      announces(self.number(), role, chosen.ballot(), chosen.chosen());
    } else if (role.equals(Kind.PROPOSER.word())) {
      pages.computeIfPresent(self, (who, old) -> new Pages(old.ballot(), old.from()));
    }
  }

  private void announces(int self, String role, Ballot ballot, long chosen) {
    String kind = role.equals(Kind.PROPOSER.word()) ? "chosen" : "toldChosen";
    once(Step.of(kind, self).with("b", ballot(ballot)).with("s", slot(chosen)));
  }

  private void learned(int self, Message.Learned learned) {
    long slot = learned.from();
    for (Batch batch : learned.batches()) {
      once(Step.of("learned", self).with("s", slot(slot)).with("v", value(batch)));
      slot++;
    }
  }

  // ---------------------------------------------------------------- what happens

  private void happens(ReplicaId self, Event event) {
    if (event instanceof Event.Prepared prepared) {
      pages.put(self, new Pages(prepared.ballot(), prepared.from()));
    } else if (event instanceof Event.Recovered recovered) {
      recovers(self, recovered);
    } else if (event instanceof Event.StoodDown) {
      add(Step.of("standDown", self.number()));
    } else if (event instanceof Event.RoleCrashed crashed) {
      crashes(self, crashed.role());
    }
  }

  private void recovers(ReplicaId self, Event.Recovered recovered) {
    Set<ReplicaId> whole = Optional.ofNullable(pages.get(self)).orElseThrow().whole();
    long first = slot(recovered.from());
    add(
        Step.of("recover", self.number())
            .with("b", ballot(recovered.ballot()))
            .with("first", first)
            .with("last", first + recovered.adopted() + recovered.gaps() - 1)
            .with("gaps", recovered.gaps())
            .with("q", whole.stream().map(ReplicaId::toString).collect(set())));
  }

  private void crashes(ReplicaId self, String role) {
    if (role.equals(Kind.PROPOSER.word()) || role.equals(Kind.ACCEPTOR.word())) {
      add(Step.of("crashRole", self.number()).with("role", '"' + role + '"'));
    }
    if (role.equals(Kind.PROPOSER.word())) {
      pages.remove(self);
    }
  }

  @Override
  public void applied(WholeReplica at, long slot, Batch batch, List<Reply> replies) {
    applied.put(at.self(), slot);
    add(Step.of("apply", at).with("s", slot(slot)).with("v", value(batch)));
  }

  @Override
  public void installed(WholeReplica at, long before) {
    applied.put(at.self(), at.state().applied());
    add(Step.of("install", at).with("s", slot(at.state().applied())));
  }

  /** A slot may have been committed of which nobody has heard: 0 stands for whatever was in it. */
  @Override
  public void ended(WholeReplica at) {
    long survives = at.state().applied();
    if (survives > applied.getOrDefault(at.self(), plan.get(Knob.SLOT))) {
      add(Step.of("apply", at).with("s", slot(survives)).with("v", 0));
    }
    applied.put(at.self(), survives);
    pages.remove(at.self());
    Disk disk = at.disk();
    add(
        Step.of("crash", at)
            .with("p", ballot(disk.promised()))
            .with("o", ballot(disk.ownBallot()))
            .with("acc", accepted(disk.accepted(1, Integer.MAX_VALUE).stream()))
            .with("t", slot(disk.truncated()))
            .with("s", slot(survives)));
  }

  @Override
  public void wiped(WholeReplica at) {
    over = true;
  }

  @Override
  public void putBack(WholeReplica at) {
    over = true;
  }

  @Override
  public void damaged(WholeReplica at) {
    over = true;
  }

  // ---------------------------------------------------------------- words

  private void once(Step step) {
    if (!over && said.add(step.toString())) {
      add(step);
    }
  }

  private void add(Step step) {
    over |= steps.size() >= most;
    if (!over) {
      steps.add(step);
    }
  }

  private long slot(long slot) {
    return slot - plan.get(Knob.SLOT);
  }

  private String ballot(Ballot ballot) {
    long before = plan.is(Knob.VOTED) && plan.get(Knob.ROUND) > 0 ? plan.get(Knob.ROUND) - 1 : 0;
    long round = ballot.equals(Ballot.NONE) ? 0 : ballot.round() - before;
    return "<<" + round + ", " + ballot.replica() + ">>";
  }

  private int value(Batch batch) {
    int number = batches.computeIfAbsent(batch, none -> batches.size() + 1);
    return batch.noOp() ? -number : number;
  }

  private String accepted(Stream<Acceptance> all) {
    return all.map(
            a -> "<<" + slot(a.slot()) + ", " + ballot(a.ballot()) + ", " + value(a.batch()) + ">>")
        .collect(set());
  }

  private static Collector<CharSequence, ?, String> set() {
    return Collectors.joining(", ", "{", "}");
  }
}
