package synod.paxos;

import java.util.List;

/**
 * Promises ballots and accepts batches. All it says rests on the journal; what it holds in memory
 * beside it is its promise, and the prefix that its learner has applied.
 *
 * <ol>
 *   <li>A promised ballot never falls, whatever restarts (I3).
 *   <li>It accepts nothing below its promise, and answers it with the promise, never with silence.
 *   <li>Whatever it says leaves after what it wrote is on disk (I4, kept by {@link Outbox}).
 * </ol>
 *
 * <p>Source: Paxos Made Simple, 2.2 and 3.
 */
public final class Acceptor implements Role<Message.ToAcceptor> {
  /** Bytes of accepted batches in a page of a promise, unless a single one is larger. */
  static final int PAGE_BYTES = 128 * 1024;

  private final JournalView journal;
  private Ballot promised;
  private long applied;

  private Ballot heard = Ballot.NONE;
  private Ballot told = Ballot.NONE;

  public Acceptor(JournalView journal) {
    this.journal = journal;
    this.promised = journal.promised();
  }

  @Override
  public void start(long now, Outbox out) {
    out.emit(new Event.Promised(promised));
  }

  @Override
  public void receive(Envelope<Message.ToAcceptor> envelope, Outbox out) {
    Message.ToAcceptor message = envelope.message();
    if (message instanceof Message.Accept accept) {
      accept(envelope.from(), accept, out);
    } else if (message instanceof Message.Prepare prepare) {
      prepare(envelope.from(), prepare, out);
    } else if (message instanceof Message.Confirm confirm) {
      confirm(envelope.from(), confirm, out);
    } else if (message instanceof Message.Known known) {
      applied = Math.max(applied, known.chosen());
    }
  }

  /** Tells the elector once a tick, and not once a message, that the leader is alive. */
  @Override
  public void tick(long now, Outbox out) {
    if (!heard.equals(Ballot.NONE) || !told.equals(promised)) {
      out.sendSelf(new Message.Heard(heard, promised));
      heard = Ballot.NONE;
      told = promised;
    }
  }

  private void prepare(ReplicaId from, Message.Prepare prepare, Outbox out) {
    if (refused(prepare.ballot(), from, out)) {
      return;
    }
    promise(prepare.ballot(), out);
    List<Acceptance> page = journal.accepted(prepare.from(), PAGE_BYTES);
    out.send(
        from,
        new Message.Promise(prepare.ballot(), prepare.from(), page, slotAfter(page), applied));
  }

  /** The first slot of the page after this one, or 0 if there is none. */
  private long slotAfter(List<Acceptance> page) {
    if (page.isEmpty()) {
      return 0;
    }
    long next = page.get(page.size() - 1).slot() + 1;
    return journal.accepted(next, 1).isEmpty() ? 0 : next;
  }

  private void accept(ReplicaId from, Message.Accept accept, Outbox out) {
    if (refused(accept.ballot(), from, out)) {
      return;
    }
    promise(accept.ballot(), out);
    out.accept(new Acceptance(accept.slot(), accept.ballot(), accept.batch()));
    out.emit(new Event.Accepted(accept.ballot(), accept.slot()));
    out.send(accept.ballot().replica(), new Message.Accepted(accept.ballot(), accept.slot()));
    out.sendSelf(
        new Message.Journaled(accept.ballot(), accept.slot(), accept.batch(), accept.chosen()));
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
    out.send(from, new Message.Confirmed(confirm.ballot(), confirm.round()));
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
