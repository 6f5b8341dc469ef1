package synod.paxos;

import java.util.List;
import java.util.Optional;

/**
 * Promises ballots and accepts batches. All it says rests on the journal; what it holds in memory
 * beside it is its promise, and the prefix that its learner has applied.
 *
 * <p>Until its disk is known to hold all that it has ever said ({@link Enrolment}), it answers
 * nobody as an acceptor; but it tells its learner and its elector what it hears of the leader.
 *
 * <ol>
 *   <li>A promised ballot never falls, whatever restarts (I3).
 *   <li>It accepts nothing below its promise, and answers it with the promise, never with silence.
 *   <li>Whatever it says leaves after what it wrote is on disk (I4, kept by {@link Outbox}).
 *   <li>While a lease that it has granted binds it, it promises no other replica anything ({@link
 *       Grant}): such a prepare is neither promised nor rejected, but waits.
 *   <li>It truncates what its learner has made durable in the state, and tells with each promise
 *       how far (I8).
 * </ol>
 *
 * <p>Source: Paxos Made Simple, 2.2 and 3.
 */
public final class Acceptor implements Role<Message.ToAcceptor> {
  /** Bytes of accepted batches in a page of a promise, unless a single one is larger. */
  static final int PAGE_BYTES = 128 * 1024;

  private final JournalView journal;
  private final Enrolment enrolment;
  private final Grant grant;
  private Ballot promised;
  private long applied;
  private long durable;

  private Ballot heard = Ballot.NONE;
  private Ballot told = Ballot.NONE;
  private boolean voting;
  private Optional<Envelope<Message.ToAcceptor>> early = Optional.empty();

  /** Without leases. */
  public Acceptor(JournalView journal, AcceptorSettings settings) {
    this(journal, settings, LeaseSettings.OFF);
  }

  public Acceptor(JournalView journal, AcceptorSettings settings, LeaseSettings leases) {
    this.journal = journal;
    this.enrolment = new Enrolment(journal, settings);
    this.grant = new Grant(leases);
    this.promised = journal.promised();
    this.voting = journal.standing().is(Standing.Kind.VOTING);
  }

  @Override
  public void start(long now, Outbox out) {
    grant.start();
    out.emit(new Event.Promised(promised));
    out.emit(new Event.Stands(journal.standing()));
    out.sendSelf(new Message.Voting(voting));
    enrolment.tick(now, durable, out);
    settle(out);
  }

  @Override
  public void receive(Envelope<Message.ToAcceptor> envelope, Outbox out) {
    Message.ToAcceptor message = envelope.message();
    if (message instanceof Message.Known known) {
      applied = Math.max(applied, known.chosen());
    } else if (message instanceof Message.Durable state) {
      durable = Math.max(durable, state.slot());
    } else if (message instanceof Message.Truncate truncate) {
      truncate(truncate.slot(), out);
    } else if (voting) {
      vote(envelope, out);
    } else {
      listen(envelope, out);
    }
    enrol(envelope.from(), message, out);
  }

  private void vote(Envelope<Message.ToAcceptor> envelope, Outbox out) {
    Message.ToAcceptor message = envelope.message();
    if (message instanceof Message.Accept accept) {
      accept(envelope.from(), accept, out);
    } else if (message instanceof Message.Prepare prepare) {
      prepare(envelope, prepare, out);
    } else if (message instanceof Message.Confirm confirm) {
      confirm(envelope.from(), confirm, out);
    }
  }

  /** Says nothing that binds it, and passes on what it hears. */
  private void listen(Envelope<Message.ToAcceptor> envelope, Outbox out) {
    Message.ToAcceptor message = envelope.message();
    if (message instanceof Message.Prepare) {
      early = Optional.of(envelope);
    } else if (message instanceof Message.Accept accept) {
      hear(accept.ballot());
      out.sendSelf(new Message.Chosen(accept.ballot(), accept.chosen()));
    }
  }

  private void enrol(ReplicaId from, Message.ToAcceptor message, Outbox out) {
    if (message instanceof Message.Hello hello) {
      enrolment.hello(from, hello, out);
    } else if (message instanceof Message.Met met) {
      enrolment.met(from, met, out);
      settle(out);
    } else if (message instanceof Message.Readmit) {
      enrolment.readmit();
    } else if (message instanceof Message.AskBounds ask) {
      enrolment.askedForBounds(from, ask, out);
    } else if (message instanceof Message.HasMet met) {
      enrolment.hasMet(from, met, out);
    } else if (message instanceof Message.Bounds bounds) {
      enrolment.bounds(from, bounds, out);
    }
  }

  /** The disk may answer from now on; the prepare that came too early needs not come again. */
  private void settle(Outbox out) {
    boolean now = journal.standing().is(Standing.Kind.VOTING);
    if (now && !voting) {
      voting = true;
      promised = journal.promised();
      out.sendSelf(new Message.Voting(true));
      early.ifPresent(prepare -> vote(prepare, out));
      early = Optional.empty();
    }
  }

  private void truncate(long slot, Outbox out) {
    if (slot > journal.truncated() && slot <= durable) {
      out.truncate(slot);
      out.emit(new Event.Truncated(slot));
    }
  }

  /** Tells the elector once a tick, and not once a message, that the leader is alive. */
  @Override
  public void tick(long now, Outbox out) {
    enrolment.tick(now, durable, out);
    settle(out);
    grant.release().ifPresent(prepare -> vote(prepare, out));
    if (!voting) {
      out.sendSelf(new Message.Voting(false));
      hurry(out);
    }
    if (!heard.equals(Ballot.NONE) || !told.equals(promised)) {
      out.sendSelf(new Message.Heard(heard, promised));
      heard = Ballot.NONE;
      told = promised;
    }
  }

  /** An idle leader chooses ten slots a second: it is asked for some more. */
  private void hurry(Outbox out) {
    boolean waits = journal.standing().isBounded();
    if (waits && applied < journal.standing().slot() && !heard.equals(Ballot.NONE)) {
      out.send(heard.replica(), new Message.Submit(Bytes.EMPTY));
    }
  }

  private void prepare(Envelope<Message.ToAcceptor> envelope, Message.Prepare prepare, Outbox out) {
    ReplicaId from = envelope.from();
    if (refused(prepare.ballot(), from, out)) {
      return;
    }
    if (prepare.ballot().isAbove(promised) && grant.forbids(prepare.ballot())) {
      grant.hold(prepare.ballot(), envelope);
      out.emit(new Event.HeldBack(prepare.ballot()));
      return;
    }
    promise(prepare.ballot(), out);
    List<Acceptance> page = journal.accepted(prepare.from(), PAGE_BYTES);
    out.send(
        from,
        new Message.Promise(
            prepare.ballot(), prepare.from(), page, slotAfter(page), applied, journal.truncated()));
  }

  /** The first slot of the page after this one, or 0 if there is none. */
  private long slotAfter(List<Acceptance> page) {
    if (page.isEmpty()) {
      return 0;
    }
    long next = page.get(page.size() - 1).slot() + 1;
    return journal.accepted(next, 1).isEmpty() ? 0 : next;
  }

  /**
   * In a truncated slot, which is chosen, no ballot can propose another batch than that: it needs
   * not be written to be accepted.
   */
  private void accept(ReplicaId from, Message.Accept accept, Outbox out) {
    if (refused(accept.ballot(), from, out)) {
      return;
    }
    if (!accept.pressing()) {
      passOn(accept, out);
      return;
    }
    promise(accept.ballot(), out);
    if (accept.slot() > journal.truncated()) {
      out.accept(new Acceptance(accept.slot(), accept.ballot(), accept.batch()));
    }
    out.emit(new Event.Accepted(accept.ballot(), accept.slot()));
    out.send(accept.ballot().replica(), new Message.Accepted(accept.ballot(), accept.slot()));
    out.sendSelf(
        new Message.Journaled(accept.ballot(), accept.slot(), accept.batch(), accept.chosen()));
  }

  /** Others make the quorum ({@link Thrift}): the learner has to know it all the same. */
  private void passOn(Message.Accept accept, Outbox out) {
    hear(accept.ballot());
    out.sendSelf(
        new Message.Proposed(accept.ballot(), accept.slot(), accept.batch(), accept.chosen()));
  }

  /**
   * A later leader needs the promises of a phase-1 quorum, which meets the phase-2 quorum that
   * confirms here: whoever confirms had not promised a higher ballot when the read began.
   */
  private void confirm(ReplicaId from, Message.Confirm confirm, Outbox out) {
    if (refused(confirm.ballot(), from, out)) {
      return;
    }
    hear(confirm.ballot());
    long lease = grant.grant(confirm.ballot());
    out.send(from, new Message.Confirmed(confirm.ballot(), confirm.round(), lease));
  }

  private boolean refused(Ballot ballot, ReplicaId from, Outbox out) {
    if (!ballot.isBelow(promised)) {
      return false;
    }
    out.emit(new Event.Rejected(ballot, promised));
    out.send(from, new Message.Rejected(ballot, promised));
    return true;
  }

  private void promise(Ballot ballot, Outbox out) {
    Invariant.check(!ballot.isBelow(promised), "a promise never falls: %s, %s", promised, ballot);
    if (ballot.isAbove(promised)) {
      promised = ballot;
      out.promise(ballot);
      out.emit(new Event.Promised(ballot));
    }
    hear(ballot);
  }

  private void hear(Ballot leader) {
    if (leader.isAbove(heard)) {
      heard = leader;
    }
  }
}
