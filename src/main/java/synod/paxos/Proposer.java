package synod.paxos;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes ballots, and proposes batches at its ballot while its replica leads.
 *
 * <ol>
 *   <li>A ballot is durable before the first prepare that bears it leaves, and is never used by
 *       another life (I2): a life knows the last one and makes a higher one.
 *   <li>It proposes only after a phase-1 quorum has promised, and then what {@link Phase1} obliges
 *       it to: adopted batches, no-ops in gaps, its own no-op behind them, and only then commands
 *       (I5).
 *   <li>At one ballot a slot is proposed with one batch.
 *   <li>It serves reads only once its own no-op is chosen, and under a lease of an earlier ballot
 *       or life never.
 * </ol>
 */
public final class Proposer implements Role<Message.ToProposer> {

  private enum State {
    /** It does not try to lead. */
    IDLE,
    /** It was asked to lead, and its disk may not answer yet ({@link Enrolment}). */
    WAITING,
    /** It has sent prepares and waits for a phase-1 quorum. */
    PREPARING,
    /** It proposes, and its own no-op is not chosen yet. */
    RECOVERING,
    /** Its own no-op is chosen: it serves. */
    LEADING
  }

  /**
   * The time of the last slot is old after this. Keys expire by it: a read must not find one that
   * is long over. Reads in a row cost ten no-ops a second.
   */
  private static final long OLD_MS = 100;

  private final JournalView journal;
  private final ProposerSettings settings;
  private final CommandQueue commands;
  private final Reads reads;
  private final Phase2 phase2;
  private State state = State.IDLE;
  private Ballot ballot;
  private Ballot highestSeen;
  private Optional<Message.Lead> wanted = Optional.empty();
  private Phase1 phase1;
  private long now;
  private long lastProgress;
  private long lastSent;
  private long lastKeptAlive;

  /** Without leases. */
  public Proposer(JournalView journal, ProposerSettings settings) {
    this(journal, settings, LeaseSettings.OFF);
  }

  public Proposer(JournalView journal, ProposerSettings settings, LeaseSettings leases) {
    this.journal = journal;
    this.settings = settings;
    Thrift thrift =
        new Thrift(
            settings.replicas(), settings.quorums().phase2(), settings.timing().patienceMs());
    this.phase2 = new Phase2(settings, thrift);
    this.reads = new Reads(settings, thrift, leases);
    this.commands = new CommandQueue(settings.sizes().waitingBytes());
    this.ballot = journal.ownBallot();
    this.highestSeen = journal.promised();
    this.phase1 = new Phase1(ballot, 1, settings.quorums());
  }

  @Override
  public void start(long time, Outbox out) {
    now = time;
    out.sendSelf(new Message.ProposerStarted());
  }

  @Override
  public void receive(Envelope<Message.ToProposer> envelope, Outbox out) {
    ReplicaId from = envelope.from();
    Message.ToProposer message = envelope.message();
    if (message instanceof Message.Submit submit) {
      submit(from, submit, out);
    } else if (message instanceof Message.SlotChosen chosen) {
      slotChosen(chosen, out);
    } else if (message instanceof Message.Read read) {
      read(from, read, out);
    } else if (message instanceof Message.Confirmed confirmed) {
      confirmed(from, confirmed, out);
    } else if (message instanceof Message.Promise promise) {
      promised(from, promise, out);
    } else if (message instanceof Message.Rejected rejected) {
      rejected(rejected, out);
    } else if (message instanceof Message.Lead lead) {
      lead(lead, out);
    } else if (message instanceof Message.StepDown stepDown) {
      stepDown(stepDown, out);
    }
  }

  @Override
  public void tick(long time, Outbox out) {
    now = time;
    if (state == State.IDLE) {
      return;
    }
    if (now - lastProgress >= settings.timing().leaderTimeoutMs()) {
      giveUp(out);
    } else if (state == State.WAITING) {
      wanted.ifPresent(lead -> lead(lead, out));
    } else if (state == State.PREPARING) {
      prepareAgain(out);
    } else {
      press(out);
      phase2.sendAgain(now, out);
      reads.askAgain(at(), out);
      heartbeat(out);
      phase2.tellAll(out);
    }
  }

  // ---------------------------------------------------------------- phase 1

  private void lead(Message.Lead lead, Outbox out) {
    if (state != State.IDLE && state != State.WAITING && ballot.round() > lead.above()) {
      return;
    }
    if (!journal.standing().is(Standing.Kind.VOTING)) {
      await(lead);
      return;
    }
    long known = Math.max(highestSeen.round(), journal.ownBallot().round());
    long above = Math.max(Math.max(lead.above(), known), ballot.round());
    ballot = new Ballot(Math.addExact(above, 1), out.self());
    seen(ballot);
    out.makeBallot(ballot);
    out.emit(new Event.BallotMade(ballot));
    reads.clear();
    phase1 = new Phase1(ballot, lead.chosen() + 1, settings.quorums());
    state = State.PREPARING;
    lastProgress = now;
    prepare(out);
    out.emit(new Event.Prepared(ballot, lead.chosen() + 1));
  }

  /** A disk that has lost its past may have lost ballots, and would make them a second time. */
  private void await(Message.Lead lead) {
    lastProgress = state == State.WAITING ? lastProgress : now;
    state = State.WAITING;
    wanted = Optional.of(lead);
  }

  private void prepare(Outbox out) {
    lastSent = now;
    for (ReplicaId acceptor : settings.replicas()) {
      requestPage(acceptor, out);
    }
  }

  private void requestPage(ReplicaId acceptor, Outbox out) {
    OptionalLong page = phase1.missingPage(acceptor);
    if (page.isPresent()) {
      out.send(acceptor, new Message.Prepare(ballot, page.getAsLong()));
    }
  }

  private void prepareAgain(Outbox out) {
    if (now - lastSent >= settings.timing().retransmitMs()) {
      prepare(out);
    }
  }

  private void promised(ReplicaId acceptor, Message.Promise promise, Outbox out) {
    if (state != State.PREPARING || !phase1.add(acceptor, promise)) {
      return;
    }
    if (phase1.complete()) {
      recover(out);
    } else {
      lastProgress = now;
      requestPage(acceptor, out);
    }
  }

  /**
   * Slots that are truncated at an acceptor are chosen, and only states can tell of them: nothing
   * may be proposed there. So the own learner gets that far first, and phase 1 is done again; if
   * whoever has that state dies meanwhile, phase 1 without it finds what it knew.
   */
  private void recover(Outbox out) {
    if (phase1.truncated() >= phase1.first()) {
      out.sendSelf(new Message.Chosen(Ballot.NONE, phase1.truncated()));
      phase1 = new Phase1(ballot, phase1.from(), settings.quorums());
      lastSent = now;
      return;
    }
    state = State.RECOVERING;
    phase2.begin(ballot, phase1.first());
    lastProgress = now;
    out.emit(new Event.Recovered(ballot, phase1.first(), phase1.adoptions(), phase1.gaps()));
    proposeWhatFits(out);
  }

  // ---------------------------------------------------------------- phase 2

  private void submit(ReplicaId from, Message.Submit submit, Outbox out) {
    if (state == State.IDLE) {
      out.send(from, new Message.NotLeading(highestSeen));
    } else if (submit.commands().size() == 0) {
      proposeAnything(out);
    } else if (!commands.offer(submit.commands())) {
      out.send(from, new Message.Busy(ballot));
    } else if (proposing()) {
      phase2.waits(from);
      proposeWhatFits(out);
    }
  }

  /** Somebody waits for a slot, whatever is in it. */
  private void proposeAnything(Outbox out) {
    if (state == State.LEADING && window().openSlots() == 0) {
      propose(Batch.noOp(now), out);
    }
  }

  /** Returns whether anything was proposed. */
  private boolean proposeWhatFits(Outbox out) {
    boolean any = false;
    while (window().hasRoom()) {
      Optional<Batch> batch = nextBatch();
      if (batch.isEmpty()) {
        break;
      }
      propose(batch.get(), out);
      any = true;
    }
    return any;
  }

  /** What the next slot must or may be filled with; nothing if it can wait. */
  private Optional<Batch> nextBatch() {
    long slot = window().next();
    if (slot <= ownNoOp()) {
      return Optional.of(phase1.adopted(slot).orElseGet(() -> Batch.noOp(now)));
    }
    return commands.isEmpty() || !phase2.isWorthASlot(commands.bytes())
        ? Optional.empty()
        : Optional.of(new Batch(now, commands.take(settings.sizes().batchBytes())));
  }

  private long ownNoOp() {
    return phase1.last() + 1;
  }

  private void propose(Batch batch, Outbox out) {
    if (window().openSlots() == 0) {
      lastProgress = now;
    }
    if (window().next() < ownNoOp()) {
      long slot = window().next();
      phase1.adoptedFrom(slot).ifPresent(from -> out.emit(new Event.Adopted(ballot, slot, from)));
    }
    phase2.propose(batch, now, out);
    if (state == State.LEADING) {
      reads.ride(at(), out);
    }
  }

  private void slotChosen(Message.SlotChosen message, Outbox out) {
    if (!proposing() || !message.ballot().equals(ballot)) {
      return;
    }
    reads.chosen(message.slot(), out);
    if (!window().choose(message.slot())) {
      return;
    }
    lastProgress = now;
    if (state == State.RECOVERING && window().chosen() >= ownNoOp()) {
      serve(out);
    }
    if (!proposeWhatFits(out)) {
      phase2.tellWaiting(out);
      if (window().openSlots() == 0 && commands.isEmpty()) {
        phase2.nobodyWaits();
        serveReads(out);
      }
    }
  }

  private void serveReads(Outbox out) {
    if (state == State.LEADING) {
      reads.serve(at(), out);
    }
  }

  private Window window() {
    return phase2.window();
  }

  private boolean proposing() {
    return state == State.RECOVERING || state == State.LEADING;
  }

  private void serve(Outbox out) {
    state = State.LEADING;
    out.emit(new Event.Led(ballot, ownNoOp()));
    out.sendSelf(new Message.Leading(ballot));
    reads.serve(at(), out);
  }

  /** The quorum that was pressed is too slow. */
  private void press(Outbox out) {
    if (phase2.isOverdue(now) || reads.isOverdue(at())) {
      phase2.press(now, out);
      reads.press(at(), out);
    }
  }

  /**
   * A no-op proves that the disks of a quorum work, the leader's among them. In between a round as
   * for reads proves that a quorum lives, and shows all that the leader does.
   */
  private void heartbeat(Outbox out) {
    if (window().openSlots() > 0) {
      return;
    }
    if (now - phase2.lastProposal() >= settings.timing().heartbeatMs()) {
      propose(Batch.noOp(now), out);
    } else if (state == State.LEADING
        && now - Math.max(phase2.lastProposal(), lastKeptAlive)
            >= settings.timing().keepAliveMs()) {
      lastKeptAlive = now;
      reads.confirm(at(), out);
    }
  }

  // ---------------------------------------------------------------- reads

  private void read(ReplicaId from, Message.Read read, Outbox out) {
    if (state == State.IDLE) {
      out.send(from, new Message.NotLeading(highestSeen));
      return;
    }
    if (!reads.add(from, read.id())) {
      out.send(from, new Message.Busy(ballot));
    }
    if (state == State.LEADING) {
      phase2.waits(from);
      if (now - phase2.lastProposal() >= OLD_MS) {
        proposeAnything(out);
      }
      reads.serve(at(), out);
      phase2.tellWaiting(out);
    }
  }

  private Reads.At at() {
    return new Reads.At(ballot, window().lastProposed(), window().openSlots() > 0, now);
  }

  private void confirmed(ReplicaId acceptor, Message.Confirmed confirmed, Outbox out) {
    if (state == State.LEADING && confirmed.ballot().equals(ballot)) {
      boolean all = reads.confirmed(acceptor, confirmed, at(), out);
      // Slots have to be chosen, whatever is confirmed.
      lastProgress = all && window().openSlots() == 0 ? now : lastProgress;
    }
  }

  // ---------------------------------------------------------------- the end of a leadership

  private void rejected(Message.Rejected rejected, Outbox out) {
    seen(rejected.promised());
    if (state != State.IDLE && rejected.ballot().equals(ballot)) {
      standDown(rejected.promised(), "a higher ballot was promised", out);
    }
  }

  private void stepDown(Message.StepDown message, Outbox out) {
    seen(message.leader());
    if (state != State.IDLE && message.leader().isAbove(ballot)) {
      out.emit(new Event.StoodDown(ballot, message.leader(), "another replica leads"));
      becomeIdle();
    }
  }

  private void giveUp(Outbox out) {
    if (state == State.WAITING) {
      ballot = new Ballot(wanted.map(Message.Lead::above).orElse(0L) + 1, out.self());
      standDown(Ballot.NONE, "its disk may not answer", out);
    } else {
      standDown(Ballot.NONE, "nothing was chosen in time", out);
    }
  }

  private void standDown(Ballot rejectedBy, String why, Outbox out) {
    out.emit(new Event.StoodDown(ballot, rejectedBy, why));
    out.sendSelf(new Message.StoodDown(ballot, rejectedBy));
    becomeIdle();
  }

  /**
   * What waits here is not lost: its gateway still owns it, and sends it to the next leader. Nobody
   * answers reads before the next ballot is made, which clears them.
   */
  private void becomeIdle() {
    state = State.IDLE;
    commands.clear();
  }

  private void seen(Ballot other) {
    if (other.isAbove(highestSeen)) {
      highestSeen = other;
    }
  }
}
